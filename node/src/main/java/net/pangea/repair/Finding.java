package net.pangea.repair;

import java.util.List;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.protocol.Peer;

/**
 * What was found out about an object by asking.
 *
 * @param lease the newest that anyone knows, verified
 * @param claims what peers say they hold, and what this node holds itself
 * @param present who answered, this node among them, the best in rank first
 * @param doubtful somebody speaks of a deletion and could not be asked for it: not a time to repair
 */
record Finding(Subject subject, Lease lease, List<Claim> claims, List<Peer> present, boolean doubtful) {
    Finding {
        claims = List.copyOf(claims);
        present = List.copyOf(present);
    }

    Sha256 object() {
        return subject.object();
    }

    boolean isDeleted() {
        return lease.isDeletion();
    }

    Finding withClaims(List<Claim> newClaims) {
        return new Finding(subject, lease, newClaims, present, doubtful);
    }

    Census census() {
        return Census.of(subject.manifest(), claims);
    }

    /** {@return the names of those who hold anything of it} */
    List<String> holders() {
        return claims.stream().map(claim -> claim.peer().name()).distinct().toList();
    }
}
