package net.pangea.bench;

import java.util.OptionalInt;

/**
 * What {@code bench ces} is asked to run.
 *
 * @param rounds how often each variant is timed
 * @param vectorBits instead of what this computer declares
 */
record CesOptions(int rounds, OptionalInt vectorBits) {
    private static final int ROUNDS_MAX = 1_000;
    private static final int VECTOR_BITS_MAX = 512;

    static CesOptions parse(String... arguments) {
        CesOptions options = new CesOptions(21, OptionalInt.empty());
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (!flag.equals("--rounds") && !flag.equals("--vector-bits")) {
                throw new BadInput("unknown argument '" + flag + "': --rounds or --vector-bits");
            }
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            String value = arguments[i + 1];
            options = flag.equals("--rounds")
                    ? new CesOptions(EngineOptions.number(flag, value, 1, ROUNDS_MAX), options.vectorBits)
                    : new CesOptions(
                            options.rounds, OptionalInt.of(EngineOptions.number(flag, value, 0, VECTOR_BITS_MAX)));
        }
        return options;
    }
}
