package net.pangea.node;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units, as people write them. Pure. */
public final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");

    private static final Map<String, Long> NANOS = new TreeMap<>(Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L));
    private static final Map<String, Long> BYTES =
            new TreeMap<>(Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40));
    private static final Map<String, Long> ONES = Map.of("", 1L);

    private Quantity() {}

    /** {@return the nanoseconds of a duration such as {@code 90s}, in ns, us, ms, s, m, h or d} */
    public static Optional<Long> nanos(String text) {
        return read(text, NANOS);
    }

    /** {@return the bytes of a size such as {@code 8MiB}, in B, KiB, MiB, GiB or TiB} */
    public static Optional<Long> bytes(String text) {
        return read(text, BYTES);
    }

    /** {@return a whole number without a unit} */
    public static Optional<Long> count(String text) {
        return read(text, ONES);
    }

    private static Optional<Long> read(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = units.getOrDefault(matcher.group(2), 1L);
        return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
    }
}
