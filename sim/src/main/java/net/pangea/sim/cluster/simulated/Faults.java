package net.pangea.sim.cluster.simulated;

import java.util.List;
import java.util.function.Consumer;
import net.pangea.machine.RandomStream;
import net.pangea.sim.network.Impairment;
import net.pangea.sim.network.Loss;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.FirewallRule;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.PointChances;

/** The lasting faults of one simulated machine. */
final class Faults {
    private final Lasting<Distribution> slowLinks;
    private final Lasting<Integer> losses;
    private final Lasting<Impairment> impairments;
    private final Lasting<Distribution> slowDisks;
    private final Lasting<Boolean> fullDisks;
    private final Lasting<Boolean> lostSyncs;
    private final Lasting<Integer> diskErrors;
    private final Lasting<Integer> misdirectedWrites;
    private final Lasting<Delay> slowCpus;
    private final Lasting<PointChances> faultPoints;
    private final Lasting<Rules.Change> rules;

    /** A delay of the processor, with the stream that it draws from. */
    private record Delay(Distribution nanos, RandomStream random) {
        long draw() {
            return nanos.draw(random);
        }
    }

    /**
     * @param own the rules that its firewall has from the start
     * @param inForce takes the rules whenever they change
     */
    Faults(Host host, List<FirewallRule> own, Consumer<List<Rule>> inForce) {
        rules = new Lasting<>(changes -> inForce.accept(Rules.inForce(own, changes)));
        slowLinks = new Lasting<>(all -> host.nic().slow(all.isEmpty() ? null : sum(all)));
        losses = new Lasting<>(all -> host.nic().lossy(all.stream().reduce(0, Loss::ofBoth)));
        impairments = new Lasting<>(all -> host.nic().impair(all.stream().reduce(Impairment.NONE, Impairment::and)));
        slowDisks = new Lasting<>(all -> host.diskFaults().extraLatency(all.isEmpty() ? null : sum(all)::nanos));
        fullDisks = new Lasting<>(all -> host.diskFaults().full(!all.isEmpty()));
        lostSyncs = new Lasting<>(all -> host.diskFaults().loseSync(!all.isEmpty()));
        diskErrors = new Lasting<>(
                all -> host.diskFaults().ioErrorPerMillion(all.stream().reduce(0, Loss::ofBoth)));
        misdirectedWrites = new Lasting<>(
                all -> host.diskFaults().misdirectPerMillion(all.stream().reduce(0, Loss::ofBoth)));
        slowCpus = new Lasting<>(all -> host.slowCpu(
                all.isEmpty() ? null : () -> all.stream().mapToLong(Delay::draw).sum()));
        faultPoints = new Lasting<>(host::armFaultPoints);
    }

    private static Sampler sum(List<Distribution> delays) {
        return random -> delays.stream().mapToLong(delay -> delay.draw(random)).sum();
    }

    void slowLink(String id, Distribution nanos) {
        slowLinks.begin(id, nanos);
    }

    void lossyLink(String id, int perMillion) {
        losses.begin(id, perMillion);
    }

    void impairment(String id, Impairment impairment) {
        impairments.begin(id, impairment);
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

    void diskErrors(String id, int perMillion) {
        diskErrors.begin(id, perMillion);
    }

    void misdirectedWrites(String id, int perMillion) {
        misdirectedWrites.begin(id, perMillion);
    }

    void slowCpu(String id, Distribution nanos, RandomStream random) {
        slowCpus.begin(id, new Delay(nanos, random));
    }

    void faultPoints(String id, int armedPerMillion, int firesPerMillion) {
        faultPoints.begin(id, new PointChances(armedPerMillion, firesPerMillion));
    }

    void addRule(String id, FirewallRule rule) {
        rules.begin(id, new Rules.Change(true, rule));
    }

    void removeRule(String id, FirewallRule rule) {
        rules.begin(id, new Rules.Change(false, rule));
    }

    /** Ends the fault of this name, if it is here. */
    void end(String id) {
        slowLinks.end(id);
        losses.end(id);
        impairments.end(id);
        slowDisks.end(id);
        fullDisks.end(id);
        lostSyncs.end(id);
        diskErrors.end(id);
        misdirectedWrites.end(id);
        slowCpus.end(id);
        faultPoints.end(id);
        rules.end(id);
    }
}
