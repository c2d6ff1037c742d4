package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Deletes what was acknowledged. */
final class Delete implements Workload {
    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "delete",
                    "Deletes files that were acknowledged before, each through the machine that put it. From then on"
                            + " nothing is promised of them but that they stay deleted.",
                    Get.OF,
                    Get.CHOOSE,
                    Put.WITHIN),
            "{every: 30s, delete: {of: photo, choose: uniform}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        for (Acknowledged object :
                with.get(Get.CHOOSE).choose(users.stored(with.get(Get.OF)), users.draws().in("choose").stream())) {
            users.delete(object, limit);
        }
    }
}
