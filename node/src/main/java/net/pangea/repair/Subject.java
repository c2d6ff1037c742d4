package net.pangea.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.HeldRange;

/** An object of which this node holds a part. */
record Subject(Sha256 object, LocalHoldings.Held held, Manifest manifest) {

    /** {@return the object, if it is held here and not deleted} */
    static Optional<Subject> of(LocalHoldings local, Sha256 object) {
        return local.held(object).filter(held -> !held.lease().isDeletion()).flatMap(held -> {
            try {
                return Optional.of(new Subject(object, held, Manifest.decode(held.manifest())));
            } catch (MalformedBytes e) {
                return Optional.empty(); // not what it was when it was taken: scrubbing reports that
            }
        });
    }

    /** {@return whether the object's owner signed this lease of it} */
    boolean isGenuine(Lease lease) {
        return lease.object().equals(object) && lease.owner().equals(manifest.owner()) && lease.isGenuine();
    }

    /** {@return what a peer claims, without what the object does not have} */
    List<Claim> claims(Peer peer, List<HeldRange> columns) {
        List<Claim> claims = new ArrayList<>();
        for (HeldRange held : columns) {
            if (held.column() >= 0 && held.column() < manifest.columns()) {
                Coverage segments = Coverage.of(held.ranges(), manifest.segments());
                if (!segments.isEmpty()) {
                    claims.add(new Claim(peer, held.column(), segments));
                }
            }
        }
        return claims;
    }

    /** {@return the most that the shards of one column may take} */
    long columnBytesMax() {
        long perShard = Math.ceilDiv(ObjectLimits.MAX_SHARD_BYTES, manifest.dataShards());
        return perShard * manifest.segments();
    }

    /** {@return what one column takes, as far as its owner told the truth} */
    long columnBytes() {
        return Math.clamp(held.lease().bytes(), 1, columnBytesMax());
    }
}
