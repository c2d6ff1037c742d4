package net.pangea.object;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.PeerMessage.ObjectKnown;

/**
 * What is public of an object, verified: the manifest has the object's hash, the sealed header the one that the manifest
 * names, the lease the signature of the owner that it names.
 */
public record FoundObject(Sha256 object, Manifest manifest, Bytes sealedHeader, Lease lease) {

    /**
     * {@return what a peer answered, if it is what was asked for}
     *
     * @throws ObjectFailure DAMAGED_OBJECT if what has that hash is no manifest, or one of impossible sizes
     */
    static Optional<FoundObject> of(Sha256 object, ObjectKnown known) {
        if (!Sha256.of(known.manifest()).equals(object)) {
            return Optional.empty();
        }
        Manifest manifest;
        try {
            manifest = Manifest.decode(known.manifest());
        } catch (MalformedBytes e) {
            throw new ObjectFailure(
                    Kind.DAMAGED_OBJECT,
                    "what " + object + " names is no manifest that can be: " + e.getMessage()
                            + "; the reference is wrong, or whoever made it");
        }
        Lease lease = known.lease();
        boolean authentic = Sha256.of(known.sealedHeader()).equals(manifest.sealedHeader())
                && lease.object().equals(object)
                && lease.owner().equals(manifest.owner())
                && lease.isGenuine();
        return authentic
                ? Optional.of(new FoundObject(object, manifest, known.sealedHeader(), lease))
                : Optional.empty();
    }
}
