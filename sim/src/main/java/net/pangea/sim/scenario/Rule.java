package net.pangea.sim.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What must hold between the keys of one {@link Shape}.
 *
 * @param sentence for the reference page
 * @param schema what a JSON Schema says of it, if it can
 */
public record Rule(String sentence, Check check, Map<String, Object> schema) {

    /** A rule that only the reader knows. */
    public Rule(String sentence, Check check) {
        this(sentence, check, Map.of());
    }

    /** Looks at keys together. */
    @FunctionalInterface
    public interface Check {

        /**
         * Refuses combinations.
         *
         * @throws BadInput if the keys do not go together
         */
        void check(Arguments arguments);
    }

    /** {@return that one of {@code params} is written, and no second one} */
    public static Rule exactlyOne(Param<?>... params) {
        List<String> names = Arrays.stream(params).map(Param::name).toList();
        String either = String.join(" or ", names);
        List<Map<String, List<String>>> one =
                names.stream().map(name -> Map.of("required", List.of(name))).toList();
        Check check = arguments -> {
            List<Param<?>> written =
                    Arrays.stream(params).filter(arguments::isWritten).collect(Collectors.toList());
            if (written.isEmpty()) {
                throw new BadInput(
                        arguments.mark(), arguments.shape().name() + " needs " + either + "; write one of them");
            }
            if (written.size() > 1) {
                throw new BadInput(
                        arguments.markOf(written.get(1)),
                        arguments.shape().name() + " takes " + either
                                + (names.size() == 2
                                        ? ", not both; leave one out"
                                        : ", only one of them; leave the others out"));
            }
        };
        return new Rule("Exactly one of " + either + ".", check, Map.of("oneOf", one));
    }

    /** {@return that at least one of {@code params} is written} */
    public static Rule atLeastOne(Param<?>... params) {
        List<String> names = Arrays.stream(params).map(Param::name).toList();
        String either = String.join(" or ", names);
        List<Map<String, List<String>>> one =
                names.stream().map(name -> Map.of("required", List.of(name))).toList();
        return new Rule(
                "At least one of " + either + ".",
                arguments -> {
                    if (Arrays.stream(params).noneMatch(arguments::isWritten)) {
                        throw new BadInput(arguments.mark(), arguments.shape().name() + " needs " + either);
                    }
                },
                Map.of("anyOf", one));
    }

    /** {@return that {@code param} is written only with {@code other}} */
    public static Rule needs(Param<?> param, Param<?> other) {
        return new Rule("'" + param.name() + "' goes with '" + other.name() + "'.", arguments -> {
            if (arguments.isWritten(param) && !arguments.isWritten(other)) {
                throw new BadInput(
                        arguments.markOf(param),
                        "'" + param.name() + "' goes with '" + other.name()
                                + "', which is not here; write both or neither");
            }
        });
    }

    /** {@return that {@code until} is later than {@code from}, or than the start if that is not written} */
    public static Rule later(Param<Distribution> until, Param<Distribution> from) {
        return new Rule("'" + until.name() + "' is later than '" + from.name() + "'.", arguments -> {
            Optional<Distribution> end = arguments.find(until).filter(Distribution::isConstant);
            Distribution start = arguments.find(from).orElse(Distribution.always(0));
            if (end.isPresent() && start.isConstant() && end.get().constant() <= start.constant()) {
                throw new BadInput(
                        arguments.markOf(until),
                        "'" + until.name() + ": " + end.get().words(Dimension.DURATION) + "' is not later than '"
                                + from.name() + ": " + start.words(Dimension.DURATION) + "'; write a later time");
            }
        });
    }
}
