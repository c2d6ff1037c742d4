package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Prolongs what was acknowledged. */
final class Renew implements Workload {
    private static final Param<Distribution> KEEP = Param.standard(
            "keep", Types.fixed(Dimension.DURATION).from("1s"), "30d", "How long they are to be kept from then on.");

    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "renew",
                    "Renews the leases of files that were acknowledged before, each through the machine that put it.",
                    Get.OF,
                    Get.CHOOSE,
                    KEEP,
                    Put.WITHIN),
            "{every: 1h, renew: {of: photo, keep: 30d}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        Duration keep = Duration.ofNanos(with.number(KEEP));
        for (Acknowledged object :
                with.get(Get.CHOOSE).choose(users.stored(with.get(Get.OF)), users.draws().in("choose").stream())) {
            users.renew(object, keep, limit);
        }
    }
}
