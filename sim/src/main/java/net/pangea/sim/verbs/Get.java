package net.pangea.sim.verbs;

import java.time.Duration;
import java.util.List;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Users;
import net.pangea.sim.experiment.Workload;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Choosing;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Reads back what was acknowledged and compares every byte. */
final class Get implements Workload {
    static final Param<String> OF = Param.required("of", Types.stored(), "What was stored, by its 'as'.");
    static final Param<Choosing> CHOOSE = Param.standard(
            "choose",
            Types.choosing(),
            "each",
            "Which of them: each, one drawn alike from all, or one by Zipf's law, the first stored the most often.");
    static final Param<Target> FROM =
            Param.required("from", Types.target(), "Through which machine; one of several is drawn for each file.");

    private static final Verb VERB = Verb.workload(
            Shape.of(
                    "get",
                    "Reads files that were acknowledged before and compares them with what was put.",
                    OF,
                    CHOOSE,
                    FROM,
                    Put.WITHIN),
            "{every: exponential 10s, get: {of: photo, choose: zipf 1.1, from: home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public void run(Arguments with, Users users) throws InterruptedException {
        Duration limit = Duration.ofNanos(with.number(Put.WITHIN));
        for (Acknowledged object : chosen(with, users)) {
            users.get(object, with.get(FROM), limit);
        }
    }

    /** {@return those that {@link #OF} and {@link #CHOOSE} name this time} */
    static List<Acknowledged> chosen(Arguments with, Users users) {
        return with.get(CHOOSE).choose(users.stored(with.get(OF)), users.draws().in("choose").stream());
    }
}
