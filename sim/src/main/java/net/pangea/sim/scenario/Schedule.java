package net.pangea.sim.scenario;

import java.util.List;

/** The keys that say when a workload or a fault happens. Times count from the start of the run. */
public final class Schedule {
    public static final Param<String> ID = Param.optional(
            "id",
            Types.id(),
            "Names the entry; its random draws depend on the seed and this name alone. Without it, the verb and a"
                    + " number.");
    public static final Param<Distribution> AT =
            Param.optional("at", Types.fixed(Dimension.DURATION).from("0s"), "Happens once, then.");
    public static final Param<Distribution> EVERY = Param.optional(
            "every",
            Types.drawn(Dimension.DURATION, Moment.EVENT).from("1us"),
            "Happens again and again, with this time between.");
    public static final Param<Distribution> FROM = Param.optional(
            "from",
            Types.fixed(Dimension.DURATION).from("0s"),
            "With 'every': the first time is counted from here; else from the start.");
    public static final Param<Distribution> UNTIL = Param.optional(
            "until",
            Types.fixed(Dimension.DURATION).from("0s"),
            "With 'every': not from here on; else until the run, or for faults the time of healing, ends it.");
    public static final Param<Distribution> TIMES = Param.optional(
            "times", Types.fixed(Dimension.COUNT).from("1").to("1000000"), "With 'every': at most so often.");

    public static final Param<List<Long>> ONLY = Param.optional(
            "only",
            new NumbersType("occurrence"),
            "With 'every': of all these times only those with such a number, the first being 0; the others are left out"
                    + " and change no draw, as where a scenario was shrunk.");

    static final Param<Condition> WHEN = Param.optional(
            "when",
            new ConditionType(),
            "Of faults: happens once, within a millisecond after this has become true for the first time, if that is before"
                    + " faults heal; as a check says it, such as {reached: repair-started}.");
    static final Param<Distribution> AFTER =
            Param.optional("after", Types.fixed(Dimension.DURATION).from("0s"), "With 'when': so much later.");

    static final Param<Distribution> FROM_THEN =
            Param.optional(FROM.name(), Types.fixed(Dimension.DURATION).from("0s"), "When it starts; else at once.");
    static final Param<Distribution> UNTIL_THEN = Param.optional(
            UNTIL.name(),
            Types.fixed(Dimension.DURATION).from("0s"),
            "When it ends; else when faults heal, or with the run.");

    static final Shape SHAPE = Shape.of(
                    "an entry", "When it happens, beside the verb itself.", ID, AT, EVERY, FROM, UNTIL, TIMES, ONLY)
            .where(Rule.exactlyOne(AT, EVERY))
            .where(Rule.needs(FROM, EVERY))
            .where(Rule.needs(UNTIL, EVERY))
            .where(Rule.needs(TIMES, EVERY))
            .where(Rule.later(UNTIL, FROM))
            .where(Rule.needs(ONLY, EVERY))
            .where(new Rule("What 'only' names is among the 'times'.", Schedule::checkOnly));

    /** When a fault happens: as a workload does, or when something else has happened. */
    static final Shape FAULT = Shape.of(
                    "an entry",
                    "When a fault happens, beside the verb itself.",
                    ID,
                    AT,
                    EVERY,
                    WHEN,
                    AFTER,
                    FROM,
                    UNTIL,
                    TIMES,
                    ONLY)
            .where(Rule.exactlyOne(AT, EVERY, WHEN))
            .where(Rule.needs(AFTER, WHEN))
            .where(Rule.needs(FROM, EVERY))
            .where(Rule.needs(UNTIL, EVERY))
            .where(Rule.needs(TIMES, EVERY))
            .where(Rule.later(UNTIL, FROM))
            .where(Rule.needs(ONLY, EVERY))
            .where(new Rule("What 'only' names is among the 'times'.", Schedule::checkOnly));

    /** When a fault that stands for many others goes on. */
    static final Shape LASTING = Shape.of(
                    "a lasting entry",
                    "When a fault happens that goes on for a time, such as churn: from the start to the end if nothing is"
                            + " said.",
                    ID,
                    FROM_THEN,
                    UNTIL_THEN)
            .where(Rule.later(UNTIL_THEN, FROM_THEN));

    private Schedule() {}

    /** {@return the keys that say when entries with such a verb happen} */
    static Shape of(Verb verb) {
        return verb.unfolding().isPresent() ? LASTING : of(verb.kind());
    }

    /** {@return the keys that say when such an entry happens, if it does not stand for many others} */
    static Shape of(Verb.Kind kind) {
        return kind == Verb.Kind.FAULT ? FAULT : SHAPE;
    }

    private static void checkOnly(Arguments schedule) {
        long last = schedule.find(ONLY).map(List::getLast).orElse(0L);
        long times = schedule.find(TIMES)
                .filter(Distribution::isConstant)
                .map(Distribution::constant)
                .orElse(Long.MAX_VALUE);
        if (last >= times) {
            throw new BadInput(
                    schedule.markOf(ONLY),
                    "there is no occurrence " + last + "; with 'times: " + times + "' they are 0 to " + (times - 1));
        }
    }
}
