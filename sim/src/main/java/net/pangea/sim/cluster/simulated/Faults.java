package net.pangea.sim.cluster.simulated;

import java.util.List;
import net.pangea.machine.RandomStream;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.world.Host;

/** The lasting faults of one simulated machine. */
final class Faults {
    private static final long MILLION = 1_000_000;

    private final Lasting<Distribution> slowLinks;
    private final Lasting<Integer> losses;
    private final Lasting<Distribution> slowDisks;
    private final Lasting<Boolean> fullDisks;
    private final Lasting<Boolean> lostSyncs;
    private final Lasting<Delay> slowCpus;

    /** A delay of the processor, with the stream that it draws from. */
    private record Delay(Distribution nanos, RandomStream random) {
        long draw() {
            return nanos.draw(random);
        }
    }

    Faults(Host host) {
        slowLinks = new Lasting<>(all -> host.nic().slow(all.isEmpty() ? null : sum(all)));
        losses = new Lasting<>(all -> host.nic().lossy(together(all)));
        slowDisks = new Lasting<>(all -> host.diskFaults().extraLatency(all.isEmpty() ? null : sum(all)::nanos));
        fullDisks = new Lasting<>(all -> host.diskFaults().full(!all.isEmpty()));
        lostSyncs = new Lasting<>(all -> host.diskFaults().loseSync(!all.isEmpty()));
        slowCpus = new Lasting<>(all -> host.slowCpu(
                all.isEmpty() ? null : () -> all.stream().mapToLong(Delay::draw).sum()));
    }

    private static Sampler sum(List<Distribution> delays) {
        return random -> delays.stream().mapToLong(delay -> delay.draw(random)).sum();
    }

    /** {@return the loss per million of packets that suffer each of {@code losses} in turn} */
    static int together(List<Integer> losses) {
        long arrive = MILLION;
        for (int loss : losses) {
            arrive = arrive * (MILLION - loss) / MILLION;
        }
        return (int) (MILLION - arrive);
    }

    void slowLink(String id, Distribution nanos) {
        slowLinks.begin(id, nanos);
    }

    void lossyLink(String id, int perMillion) {
        losses.begin(id, perMillion);
    }

    void slowDisk(String id, Distribution nanos) {
        slowDisks.begin(id, nanos);
    }

    void fullDisk(String id) {
        fullDisks.begin(id, true);
    }

    void loseSync(String id) {
        lostSyncs.begin(id, true);
    }

    void slowCpu(String id, Distribution nanos, RandomStream random) {
        slowCpus.begin(id, new Delay(nanos, random));
    }

    /** Ends the fault of this name, if it is here. */
    void end(String id) {
        slowLinks.end(id);
        losses.end(id);
        slowDisks.end(id);
        fullDisks.end(id);
        lostSyncs.end(id);
        slowCpus.end(id);
    }
}
