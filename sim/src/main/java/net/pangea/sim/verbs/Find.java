package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Asks the DHT who holds what was stored. */
final class Find implements Workload {
    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "find",
                    "Asks the DHT who says that they hold files that were acknowledged before. The answer is right if it"
                            + " names a node that runs: figure finds-right.",
                    Get.OF,
                    Get.CHOOSE,
                    Get.FROM,
                    Put.WITHIN),
            "{every: 1s, from: 10m, find: {of: photo, choose: uniform, from: home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        for (Acknowledged object : Get.chosen(with, users)) {
            users.find(object, with.get(Get.FROM), limit);
        }
    }
}
