package net.pangea.sim.scenario;

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

    static final Param<Distribution> FROM_THEN =
            Param.optional(FROM.name(), Types.fixed(Dimension.DURATION).from("0s"), "When it starts; else at once.");
    static final Param<Distribution> UNTIL_THEN = Param.optional(
            UNTIL.name(),
            Types.fixed(Dimension.DURATION).from("0s"),
            "When it ends; else when faults heal, or with the run.");

    static final Shape SHAPE = Shape.of(
                    "an entry", "When it happens, beside the verb itself.", ID, AT, EVERY, FROM, UNTIL, TIMES)
            .where(Rule.exactlyOne(AT, EVERY))
            .where(Rule.needs(FROM, EVERY))
            .where(Rule.needs(UNTIL, EVERY))
            .where(Rule.needs(TIMES, EVERY))
            .where(Rule.later(UNTIL, FROM));

    /** When a fault that stands for many others goes on. */
    static final Shape LASTING = Shape.of(
                    "a lasting entry",
                    "When a fault happens that goes on for a time, such as churn: from the start to the end if nothing is said.",
                    ID,
                    FROM_THEN,
                    UNTIL_THEN)
            .where(Rule.later(UNTIL_THEN, FROM_THEN));

    private Schedule() {}
}
