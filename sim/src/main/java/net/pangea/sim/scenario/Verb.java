package net.pangea.sim.scenario;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A workload, a fault or a check of the language: its name, one sentence, its keys and an example.
 *
 * @param shape its name, sentence and keys
 * @param example one entry of a scenario that uses it
 * @param places where under {@code expect} a check may stand; empty for other kinds
 * @param unfolding of a fault that stands for many others, drawn before the run
 */
public record Verb(
        Kind kind, Shape shape, String example, Set<Expectation.Place> places, Optional<Unfolding> unfolding) {

    /** What a verb is. */
    public enum Kind {
        WORKLOAD("workload"),
        FAULT("fault"),
        CHECK("check");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        /** {@return what it is called} */
        public String noun() {
            return noun;
        }
    }

    /** {@return a verb of workloads} */
    public static Verb workload(Shape shape, String example) {
        return new Verb(Kind.WORKLOAD, shape, example, Set.of(), Optional.empty());
    }

    /** {@return a verb of faults} */
    public static Verb fault(Shape shape, String example) {
        return new Verb(Kind.FAULT, shape, example, Set.of(), Optional.empty());
    }

    /** {@return a verb of faults that goes on for a time and stands for many others} */
    public static Verb lasting(Shape shape, String example, Unfolding unfolding) {
        return new Verb(Kind.FAULT, shape, example, Set.of(), Optional.of(unfolding));
    }

    /** {@return a check that may stand at {@code places}} */
    public static Verb check(Shape shape, String example, Expectation.Place first, Expectation.Place... more) {
        return new Verb(Kind.CHECK, shape, example, EnumSet.of(first, more), Optional.empty());
    }

    public String name() {
        return shape.name();
    }

    static List<String> names(List<Verb> verbs) {
        return verbs.stream().map(Verb::name).toList();
    }
}
