package net.pangea.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.pangea.node.Quantity;

/**
 * What {@code bench announce} is asked to run.
 *
 * @param objects numbers of objects of which each node holds a part
 * @param peers of the network, the one that announces among them
 * @param stays for how long the others stay, on average, each in a run of its own; zero if for ever
 */
record AnnounceOptions(List<Integer> objects, int peers, List<Duration> stays) {
    private static final int OBJECTS_MAX = 1_000_000;

    /** Fewer than twenty others and a key is told to fewer than it should be. */
    private static final int PEERS_MIN = 22;

    private static final int PEERS_MAX = 1_000;
    private static final Duration STAY_MIN = Duration.ofMinutes(10);
    private static final Duration STAY_MAX = Duration.ofDays(365);

    private static final AnnounceOptions USUAL =
            new AnnounceOptions(List.of(1_000, 10_000, 100_000), 100, List.of(Duration.ZERO, Duration.ofHours(1)));

    static AnnounceOptions parse(String... arguments) {
        AnnounceOptions options = USUAL;
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (!List.of("--objects", "--peers", "--stay").contains(flag)) {
                throw new BadInput("unknown argument '" + flag + "': --objects, --peers or --stay");
            }
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            options = options.with(flag, arguments[i + 1]);
        }
        return options;
    }

    private AnnounceOptions with(String flag, String value) {
        return switch (flag) {
            case "--objects" ->
                new AnnounceOptions(
                        Arrays.stream(value.split(",", -1))
                                .map(one -> EngineOptions.number("a number of objects", one, 3, OBJECTS_MAX))
                                .toList(),
                        peers,
                        stays);
            case "--peers" ->
                new AnnounceOptions(objects, EngineOptions.number(flag, value, PEERS_MIN, PEERS_MAX), stays);
            default -> new AnnounceOptions(objects, peers, List.of(stay(value)));
        };
    }

    private static Duration stay(String value) {
        return value.equals("0")
                ? Duration.ZERO
                : Quantity.nanos(value)
                        .map(Duration::ofNanos)
                        .filter(stay -> stay.compareTo(STAY_MIN) >= 0 && stay.compareTo(STAY_MAX) <= 0)
                        .orElseThrow(() -> new BadInput(
                                "--stay is 0, for ever, or 10m to 365d, for instance 1h, not '" + value + "'"));
    }
}
