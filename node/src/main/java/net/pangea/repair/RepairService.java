package net.pangea.repair;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Bell;
import net.pangea.machine.Clock;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;

/**
 * Keeps the objects of which this node holds a part at their full number of columns, together with the other holders and
 * without a word between them.
 *
 * <p>Two tasks: one looks, at intervals, and notes since when what is missing; one rebuilds what is due, the object in the
 * greatest danger first, so that a large object does not keep the node from looking. Traffic of shards is bounded by {@link
 * RepairSettings#bytesPerSecond}, memory by constants.
 */
public final class RepairService {
    private final Surroundings around;
    private final RepairSettings settings;
    private final RandomStream random;
    private final Scanner scanner;
    private final Repairer repairer;
    private final Shared shared;

    /**
     * @param random this service's own: it is drawn from by its tasks only
     * @param flock learns from what repair asks; others may ask it before they collect
     */
    public RepairService(Surroundings around, RepairSettings settings, RandomStream random, Flock flock) {
        this.around = around;
        this.settings = settings;
        this.random = RandomStream.at(random.nextLong(), 0, 0);
        this.shared = Shared.of(around, settings, flock);
        this.scanner = new Scanner(around, settings, shared, RandomStream.at(random.nextLong(), 1, 0));
        this.repairer = new Repairer(around, settings, shared, RandomStream.at(random.nextLong(), 2, 0));
    }

    /** {@return names of those who were last heard to hold a part of an object, unless they do not answer now} */
    public List<String> holders(Sha256 object) {
        List<String> down = shared.flock().down();
        return shared.lastHolders().of(object).stream()
                .filter(name -> !down.contains(name))
                .toList();
    }

    /** {@return the flock of a node that starts now} */
    public static Flock flock(Clock clock, RepairSettings settings) {
        return new Flock(clock.nanoTime(), settings.grace(), settings.isolation());
    }

    /** Looks and repairs until it is interrupted; returns at once if repair is not enabled. */
    public void run() throws InterruptedException {
        if (!settings.enabled()) {
            return;
        }
        try (Scope scope = around.tasks().open("repair")) {
            var _ = scope.start("repair-scan", () -> {
                around.clock()
                        .sleep(Duration.ofNanos(random.nextLong(settings.scan().toNanos())));
                while (true) {
                    scan();
                    long quarter = settings.scan().toNanos() / 4;
                    around.clock().sleep(settings.scan().plusNanos(random.between(-quarter, quarter)));
                }
            });
            var _ = scope.start("repair-rebuild", () -> {
                while (true) {
                    if (!repairNext()) {
                        awaitWork();
                    }
                }
            });
            scope.joinAll();
        }
    }

    /** Looks once at what is next to be looked at. */
    void scan() throws InterruptedException {
        scanner.scan();
    }

    /** {@return whether an object was due} It has been repaired, or tried. */
    boolean repairNext() throws InterruptedException {
        return repairer.repairNext();
    }

    private void awaitWork() throws InterruptedException {
        Bell found = around.local().damageFound();
        Optional<Duration> rest = repairer.rest(pollEvery());
        if (rest.isPresent()) {
            found.await(around.clock(), rest.get());
        } else {
            found.await();
        }
    }

    private Duration pollEvery() {
        Duration tenth = settings.scan().dividedBy(10);
        return tenth.compareTo(settings.jitter()) < 0 ? tenth : settings.jitter();
    }
}
