package net.pangea.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What {@code bench engine} is asked to run.
 *
 * @param nodes numbers of nodes
 * @param rounds how often each variant runs
 */
record EngineOptions(List<Integer> nodes, int rounds) {
    private static final int NODES_MAX = 1_000_000;
    private static final int ROUNDS_MAX = 100;

    static EngineOptions parse(String... arguments) {
        EngineOptions options = new EngineOptions(List.of(1_000, 10_000, 100_000), 3);
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (!flag.equals("--nodes") && !flag.equals("--rounds")) {
                throw new BadInput("unknown argument '" + flag + "': --nodes or --rounds");
            }
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            String value = arguments[i + 1];
            options = flag.equals("--nodes")
                    ? new EngineOptions(
                            Arrays.stream(value.split(",", -1))
                                    .map(EngineOptions::nodes)
                                    .toList(),
                            options.rounds)
                    : new EngineOptions(options.nodes, number("--rounds", value, 1, ROUNDS_MAX));
        }
        return options;
    }

    static int nodes(String text) {
        return number("a number of nodes", text, 2, NODES_MAX);
    }

    static int number(String what, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message that also covers the range
        }
        throw new BadInput(what + " is " + least + " to " + most + ", not '" + text + "'");
    }
}
