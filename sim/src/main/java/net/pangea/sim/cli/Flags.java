package net.pangea.sim.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Nearest;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What the flags of several commands have in common. */
final class Flags {
    private static final String SET = "--set";

    private Flags() {}

    static OptionSpec flag(String name, String value, String help) {
        return OptionSpec.builder(name)
                .paramLabel(value)
                .arity("1")
                .type(String.class)
                .description(help)
                .build();
    }

    /** {@return the flag that gives other values, as often as it is wanted} */
    static OptionSpec settings() {
        return OptionSpec.builder(SET)
                .paramLabel("NAME=VALUE")
                .arity("1")
                .type(String[].class)
                .auxiliaryTypes(String.class)
                .description(
                        "Gives a parameter of the file another value, or a key that it writes, named by its path, as in"
                                + " machines.node.count=20. Can be repeated.")
                .build();
    }

    static Settings settings(ParseResult arguments) {
        return Settings.of(List.of(arguments.matchedOptionValue(SET, new String[0])));
    }

    static Optional<String> value(ParseResult arguments, String flag) {
        return Optional.ofNullable(arguments.matchedOptionValue(flag, null));
    }

    /** {@return the one argument that is not a flag} */
    static PositionalParamSpec scenarioFile() {
        return file("FILE", "The scenario.");
    }

    /** {@return the same with another name} */
    static PositionalParamSpec file(String label, String help) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description(help)
                .build();
    }

    /** {@return a flag that stands alone} */
    static OptionSpec lone(String name, String help) {
        return OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(help)
                .build();
    }

    static boolean isGiven(ParseResult arguments, String flag) {
        return arguments.hasMatchedOption(flag);
    }

    static Policy policy(String word) {
        List<String> words = Arrays.stream(Policy.values()).map(Policy::word).toList();
        return Arrays.stream(Policy.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new BadInput("--policy: there is no policy '" + word + "'" + Nearest.hint(word, words)));
    }

    static List<Long> seeds(Optional<String> seed, Optional<String> seeds, Scenario scenario) {
        if (seed.isPresent() && seeds.isPresent()) {
            throw new BadInput("--seed and --seeds do not go together; leave out one");
        }
        if (seed.isPresent()) {
            return List.of(number("--seed", seed.get()));
        }
        if (seeds.isEmpty()) {
            return scenario.seeds().limit(1).boxed().toList();
        }
        if (seeds.get().equals("all")) {
            return scenario.seeds().boxed().toList();
        }
        String[] ends = seeds.get().split("\\.\\.", -1);
        if (ends.length != 2) {
            throw new BadInput("--seeds: '" + seeds.get() + "' is not a range; write for example 1..200, or all");
        }
        long from = number("--seeds", ends[0]);
        long to = number("--seeds", ends[1]);
        if (from > to || to - from >= 1_000_000) {
            throw new BadInput("--seeds: " + seeds.get() + (from > to ? " is empty" : " is more than a million seeds"));
        }
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    static long number(String flag, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new BadInput(flag + ": '" + text + "' is not a seed; write a whole number from 0 on");
        }
        return Long.parseLong(text);
    }
}
