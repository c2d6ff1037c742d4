package net.pangea.bench;

import java.nio.file.Path;

/**
 * What {@code bench store} is asked to do.
 *
 * @param folder where it makes and deletes its files: its disk is what is measured
 * @param rounds how often each way of writing is timed
 * @param writers how many tasks write at the same time
 * @param mebibytes size of the store that is read and opened
 */
record StoreOptions(Path folder, int rounds, int writers, int mebibytes) {
    private static final int ROUNDS_MAX = 100;
    private static final int WRITERS_MAX = 4096;
    private static final int MEBIBYTES_MAX = 1 << 20;

    /** A node serves so many connections, and each may have a write that waits. */
    private static final int WRITERS = 512;

    static StoreOptions parse(String... arguments) {
        StoreOptions options = new StoreOptions(Path.of("."), 9, WRITERS, 1024);
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            String value = arguments[i + 1];
            options = switch (flag) {
                case "--folder" -> new StoreOptions(Path.of(value), options.rounds, options.writers, options.mebibytes);
                case "--rounds" ->
                    new StoreOptions(
                            options.folder, number(flag, value, ROUNDS_MAX), options.writers, options.mebibytes);
                case "--writers" ->
                    new StoreOptions(
                            options.folder, options.rounds, number(flag, value, WRITERS_MAX), options.mebibytes);
                case "--mebibytes" ->
                    new StoreOptions(
                            options.folder, options.rounds, options.writers, number(flag, value, MEBIBYTES_MAX));
                default ->
                    throw new BadInput("unknown argument '" + flag + "': --folder, --rounds, --writers or --mebibytes");
            };
        }
        return options;
    }

    private static int number(String flag, String text, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message that also covers the range
        }
        throw new BadInput(flag + " is 1 to " + most + ", not '" + text + "'");
    }
}
