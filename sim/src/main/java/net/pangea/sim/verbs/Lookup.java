package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.machine.RandomStream;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Looks random keys up in the DHT and compares with the nodes that are really the closest. */
final class Lookup implements Workload {
    /** As many as Kademlia's k. */
    private static final int CLOSEST = 20;

    private static final int KEY_BYTES = 32;

    static final Param<Distribution> COUNT = Param.standard(
            "count", Types.fixed(Dimension.COUNT).from("1").to("100000"), "1", "How many keys, one after the other.");
    static final Param<Distribution> HOPS = Param.standard(
            "hops",
            Types.fixed(Dimension.COUNT).from("1").to("100"),
            "6",
            "A lookup that takes more requests, one after the other, does not count as right.");
    static final Param<Target> FROM =
            Param.required("from", Types.target(), "Which machine looks; one of several is drawn for each key.");

    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "lookup",
                    "Looks random keys up in the DHT. A lookup is right if it names the twenty closest of the nodes"
                            + " that run: figure lookups-right.",
                    COUNT,
                    HOPS,
                    FROM,
                    Put.WITHIN),
            "{every: 1s, from: 10m, lookup: {from: home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        RandomStream random = users.draws().in("keys").stream();
        for (long i = 0; i < with.number(COUNT); i++) {
            byte[] key = new byte[KEY_BYTES];
            random.fill(key);
            users.lookUp(key, CLOSEST, (int) with.number(HOPS), with.get(FROM), limit);
        }
    }
}
