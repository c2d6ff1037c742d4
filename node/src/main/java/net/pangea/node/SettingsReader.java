package net.pangea.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.pangea.holding.HoldingSettings;
import net.pangea.libp2p.Security;
import net.pangea.manifest.Redundancy;
import net.pangea.repair.RepairSettings;

/**
 * Reads settings, and names the key of one that is not what it has to be.
 *
 * @param values of all keys
 */
record SettingsReader(Map<String, String> values) {
    private static final Duration SCRUB_PERIOD = Duration.ofMinutes(1);

    /** Longer times are nobody's intention. */
    private static final String TEN_YEARS = "3653d";

    /** Where the store keeps its own notes too. */
    private static final String CAPACITY_MIN = "16MiB";

    /** An exbibyte. */
    private static final String SPACE_MAX = "1048576TiB";

    /** Read for {@link #SCRUB_PERIOD}, it is a tebibyte. */
    private static final String SCRUB_MAX = "17GiB";

    NodeSettings settings() {
        HoldingSettings usual = HoldingSettings.DEFAULT;
        HoldingSettings holding = new HoldingSettings(
                usual.accept(),
                usual.owners(),
                bytes("store.quota", "0B", SPACE_MAX),
                bytes("store.unknown", "0B", SPACE_MAX),
                usual.clockSlack(),
                duration("collect.after", "0s", TEN_YEARS),
                duration("collect.uploads", "1m", TEN_YEARS),
                duration("collect.trash", "0s", TEN_YEARS),
                duration("collect.every", "1s", TEN_YEARS),
                SCRUB_PERIOD,
                Math.multiplyExact(bytes("store.scrub", "1B", SCRUB_MAX), SCRUB_PERIOD.toSeconds()),
                duration("store.scrub-every", "1s", TEN_YEARS),
                usual.compactPeriod());
        RepairSettings repair = new RepairSettings(
                true,
                duration("repair.scan", "1s", "365d"),
                duration("repair.grace", "1s", "365d"),
                RepairSettings.DEFAULT.jitter(),
                bytes("repair.bandwidth", "1KiB", "1TiB"),
                count("repair.audits", 1, 1_000_000),
                RepairSettings.DEFAULT.objectsPerScan(),
                RepairSettings.DEFAULT.isolation());
        return new NodeSettings(
                securities(),
                count("connections", 1, NodeSettings.CONNECTIONS_MAX),
                duration("beat", "1s", "1d"),
                duration("refresh", "10s", "30d"),
                isOn("mdns"),
                isOn("legacy"),
                redundancy(),
                duration("lease", "1m", TEN_YEARS),
                duration("catalogue", "1s", TEN_YEARS),
                bytes("store.capacity", CAPACITY_MIN, SPACE_MAX),
                holding,
                repair);
    }

    private List<Security> securities() {
        List<Security> securities = new ArrayList<>();
        for (String word : value("security").split(":", -1)) {
            securities.add(Stream.of(Security.values())
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word) && !securities.contains(one))
                    .findFirst()
                    .orElseThrow(() ->
                            wrong("security", "noise or tls, or both with : between, or plaintext in a simulation")));
        }
        return securities;
    }

    private boolean isOn(String key) {
        return switch (value(key)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(key, "on or off");
        };
    }

    private Redundancy redundancy() {
        Redundancy usual = Redundancy.parse(value("shards"))
                .orElseThrow(() -> wrong("shards", "DATA+PARITY, both at least 1 and at most 256 together"));
        if (value("quorum").isEmpty()) {
            return usual;
        }
        int data = usual.dataShards();
        int quorum = count("quorum", data, data + usual.parityShards());
        return new Redundancy(data, usual.parityShards(), quorum);
    }

    private Duration duration(String key, String min, String max) {
        return Duration.ofNanos(within(
                key, Quantity::nanos, min, max, "a duration from " + min + " to " + max + ", such as 90s, 15m or 30d"));
    }

    private long bytes(String key, String min, String max) {
        return within(
                key, Quantity::bytes, min, max, "a size from " + min + " to " + max + ", such as 512KiB or 100GiB");
    }

    private int count(String key, int min, int max) {
        String form = "a whole number from " + min + " to " + max;
        return Math.toIntExact(within(key, Quantity::count, String.valueOf(min), String.valueOf(max), form));
    }

    private long within(String key, Function<String, Optional<Long>> reading, String min, String max, String form) {
        long least = reading.apply(min).orElseThrow();
        long most = reading.apply(max).orElseThrow();
        return reading.apply(value(key))
                .filter(number -> number >= least && number <= most)
                .orElseThrow(() -> wrong(key, form));
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private IllegalArgumentException wrong(String key, String form) {
        return new IllegalArgumentException(key + ": '" + value(key) + "' is not " + form);
    }
}
