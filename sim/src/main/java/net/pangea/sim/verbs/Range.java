package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.machine.RandomStream;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Reads parts of what was acknowledged and compares every byte. */
final class Range implements Workload {
    private static final Param<Distribution> SIZE = Param.required(
            "size",
            Types.drawn(Dimension.SIZE, Moment.EVENT).from("0B").to("1GiB"),
            "How many bytes, from a place drawn in each file; fewer where the file ends.");

    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "range",
                    "Reads a part of files that were acknowledged before and compares it with what was put.",
                    Get.OF,
                    Get.CHOOSE,
                    SIZE,
                    Get.FROM,
                    Put.WITHIN),
            "{every: 5s, range: {of: photo, choose: uniform, size: 64KiB, from: home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        RandomStream places = users.draws().in("place").stream();
        RandomStream sizes = users.draws().in("size").stream();
        for (Acknowledged object : Get.chosen(with, users)) {
            long size = with.get(SIZE).draw(sizes);
            long offset = places.nextLong(object.sizeBytes() + 1L);
            users.range(object, offset, size, with.get(Get.FROM), limit);
        }
    }
}
