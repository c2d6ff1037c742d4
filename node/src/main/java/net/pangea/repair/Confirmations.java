package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.pangea.bytes.Sha256;

/**
 * Asks everybody about an object before it is repaired, and in the same messages about those that are to be repaired next:
 * when a peer is lost, many are due at once. One task at a time.
 */
final class Confirmations {
    private static final int TOGETHER = 64;

    private final Surroundings around;
    private final Shared shared;
    private final long validNanos;
    private final Map<Sha256, Finding> found = new LinkedHashMap<>();
    private long askedNanos;

    /** @param valid how old an answer may be that a repair begins with; it asks again before it ends */
    Confirmations(Surroundings around, Shared shared, Duration valid) {
        this.around = around;
        this.shared = shared;
        this.validNanos = valid.toNanos();
    }

    /**
     * {@return what is known of an object}
     *
     * @param next what may be asked for after it
     */
    Finding look(Subject subject, Supplier<List<Sha256>> next) throws InterruptedException {
        Finding known = found.remove(subject.object());
        if (known != null && around.clock().nanoTime() - askedNanos <= validNanos) {
            return known;
        }
        found.clear();
        List<Subject> subjects = new ArrayList<>(List.of(subject));
        next.get().stream()
                .filter(object -> !object.equals(subject.object()))
                .limit(TOGETHER - 1)
                .forEach(object -> Subject.of(around.local(), object).ifPresent(subjects::add));
        List<Finding> findings = new Survey(around, shared).look(subjects, _ -> true);
        askedNanos = around.clock().nanoTime();
        findings.stream().skip(1).forEach(finding -> found.put(finding.object(), finding));
        return findings.getFirst();
    }
}
