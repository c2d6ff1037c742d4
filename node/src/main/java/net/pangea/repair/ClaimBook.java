package net.pangea.repair;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What audits have shown of peers' claims. Bounded: of {@value #CLAIMS_MAX} claims those not used for longest are
 * forgotten and count as never audited. Any task may call it.
 */
final class ClaimBook {
    static final int CLAIMS_MAX = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final long reauditNanos;
    // Guarded by lock. What is used moves to the end.
    private final LinkedHashMap<Key, Verdict> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int refuted;

    /** How much a claim is worth. */
    enum Standing {
        /** An audit found blocks of it, and none missing. */
        PROVEN,
        /** It was not audited yet, or has grown since. */
        UNPROVEN,
        /** An audit failed. It counts for nothing until one succeeds. */
        REFUTED
    }

    /** @param reaudit after which time a refuted claim is given another chance */
    ClaimBook(Duration reaudit) {
        this.reauditNanos = reaudit.toNanos();
    }

    Standing standing(Sha256 object, Claim claim) {
        return standing(find(object, claim), claim);
    }

    private static Standing standing(@Nullable Verdict entry, Claim claim) {
        if (entry == null) {
            return Standing.UNPROVEN;
        }
        if (!entry.proven) {
            return Standing.REFUTED;
        }
        return entry.segments.containsAll(claim.segments()) ? Standing.PROVEN : Standing.UNPROVEN;
    }

    /** {@return whether the claim is to be audited, beside the plan} */
    boolean wantsAudit(Sha256 object, Claim claim, long nowNanos) {
        Verdict entry = find(object, claim);
        return switch (standing(entry, claim)) {
            case PROVEN -> false;
            case UNPROVEN -> true;
            case REFUTED ->
                entry != null && (!entry.segments.equals(claim.segments()) || nowNanos - entry.atNanos >= reauditNanos);
        };
    }

    void note(Sha256 object, Claim claim, boolean proven, long nowNanos) {
        lock.lock();
        try {
            Verdict verdict = new Verdict(proven, claim.segments(), nowNanos);
            count(entries.put(key(object, claim), verdict), -1);
            count(verdict, 1);
            if (entries.size() > CLAIMS_MAX) {
                count(entries.pollFirstEntry().getValue(), -1);
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(@Nullable Verdict verdict, int more) {
        refuted += verdict == null || verdict.proven ? 0 : more;
    }

    private boolean isAnyRefuted() {
        lock.lock();
        try {
            return refuted > 0;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the finding without the claims that count for nothing since an audit failed} */
    Finding withoutRefuted(Finding finding) {
        if (!isAnyRefuted()) {
            return finding; // as most of the time
        }
        return finding.withClaims(finding.claims().stream()
                .filter(claim -> standing(finding.object(), claim) != Standing.REFUTED)
                .toList());
    }

    /** {@return the finding with the claims only that an audit has proven, and those of {@code self}} */
    Finding provenOnly(Finding finding, String self) {
        return finding.withClaims(finding.claims().stream()
                .filter(claim ->
                        claim.peer().name().equals(self) || standing(finding.object(), claim) == Standing.PROVEN)
                .toList());
    }

    private @Nullable Verdict find(Sha256 object, Claim claim) {
        lock.lock();
        try {
            return entries.get(key(object, claim));
        } finally {
            lock.unlock();
        }
    }

    private static Key key(Sha256 object, Claim claim) {
        return new Key(object, claim.column(), claim.peer().name());
    }

    private record Key(Sha256 object, int column, String peer) {}

    private record Verdict(boolean proven, Coverage segments, long atNanos) {}
}
