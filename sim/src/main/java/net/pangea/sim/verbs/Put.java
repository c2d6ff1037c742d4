package net.pangea.sim.verbs;

import java.time.Duration;
import net.pangea.machine.RandomStream;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.InputFile;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Rule;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Stores files: the user's own, or some whose sizes and bytes are drawn from the seed. */
final class Put implements Workload {
    private static final Param<String> AS =
            Param.required("as", Types.name(), "What the scenario calls them, in 'get' and in 'holders-of'.");
    private static final Param<Distribution> COUNT = Param.optional(
            "count", Types.fixed(Dimension.COUNT).from("1").to("1000000"), "How many files, each occurrence.");
    private static final Param<Distribution> SIZE = Param.optional(
            "size", Types.drawn(Dimension.SIZE, Moment.EVENT).from("0B").to("1GiB"), "The size of each file.");
    private static final Param<Target> FROM =
            Param.required("from", Types.target(), "Through which machine; one of several is drawn for each file.");
    static final Param<Distribution> WITHIN = Param.standard(
            "within",
            Types.fixed(Dimension.DURATION).from("1ms"),
            "1m",
            "How long the user waits for one file before giving up.");

    private static final Verb VERB = Verb.workload(
            Shape.of(
                            "put",
                            "Stores files one after the other and remembers what was acknowledged.",
                            AS,
                            Inputs.PATH,
                            COUNT,
                            SIZE,
                            FROM,
                            WITHIN)
                    .where(Rule.exactlyOne(Inputs.PATH, COUNT))
                    .where(Rule.needs(COUNT, SIZE))
                    .where(Rule.needs(SIZE, COUNT)),
            "{every: 10s, put: {as: photo, count: 1, size: pareto 64KiB 1.2 max 16MiB, from: home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        String name = with.get(AS);
        Target from = with.get(FROM);
        Duration limit = Duration.ofNanos(with.number(WITHIN));
        for (InputFile file : users.files()) {
            users.put(name, file.name(), file::content, from, limit);
        }
        if (with.isWritten(COUNT)) {
            for (int n = 0; n < with.number(COUNT); n++) {
                Draws draws = users.draws().in("file").in(String.valueOf(n));
                long size = with.get(SIZE).draw(draws.in("size").stream());
                users.put(name, nameOf(users.draws(), n), () -> bytes(size, draws.in("bytes").stream()), from, limit);
            }
        }
    }

    /** Unique in the run: the workload's name, the occurrence, the number. */
    private static String nameOf(Draws occurrence, int number) {
        return String.join("-", occurrence.path().subList(1, occurrence.path().size())) + "-" + number;
    }

    private static byte[] bytes(long size, RandomStream random) {
        byte[] content = new byte[Math.toIntExact(size)];
        random.fill(content);
        return content;
    }
}
