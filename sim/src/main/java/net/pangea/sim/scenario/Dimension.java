package net.pangea.sim.scenario;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a quantity measures, with the units it may be written in. A quantity is held as a whole number of the base
 * unit, so that every computer computes the same.
 */
public enum Dimension {
    /** Nanoseconds. */
    DURATION(
            "a duration",
            "30ms",
            unit("ns", 1),
            unit("us", 1_000),
            unit("ms", 1_000_000),
            unit("s", 1_000_000_000L),
            unit("m", 60_000_000_000L),
            unit("h", 3_600_000_000_000L),
            unit("d", 86_400_000_000_000L)),
    /** Bytes. */
    SIZE(
            "a size",
            "64KiB",
            unit("B", 1),
            unit("KB", 1_000),
            unit("KiB", 1 << 10),
            unit("MB", 1_000_000),
            unit("MiB", 1 << 20),
            unit("GB", 1_000_000_000),
            unit("GiB", 1 << 30),
            unit("TB", 1_000_000_000_000L),
            unit("TiB", 1L << 40)),
    /** Bits a second. */
    RATE(
            "a rate",
            "20Mbit/s",
            unit("bit/s", 1),
            unit("kbit/s", 1_000),
            unit("Mbit/s", 1_000_000),
            unit("Gbit/s", 1_000_000_000)),
    /** Millionths. */
    SHARE("a percentage", "3%", unit("%", 10_000)),
    /** Billionths: how much a clock runs fast. */
    DRIFT("a drift", "50ppm", unit("ppb", 1), unit("ppm", 1_000)),
    /** Plain integers. */
    COUNT("a count", "3", unit("", 1));

    private record Unit(String symbol, long factor) {}

    /** No unit makes a number of more digits fit; and a longer one takes long to read. */
    private static final int DIGITS_MAX = 40;

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([+-]?[0-9]+(?:\\.[0-9]+)?)(.*)");

    private static final Pattern PARTS = Pattern.compile("([0-9]{1,6})([a-z]+)");

    private final String noun;
    private final String example;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Unit> units;

    Dimension(String noun, String example, Unit... units) {
        this.noun = noun;
        this.example = example;
        this.units = List.of(units);
    }

    private static Unit unit(String symbol, long factor) {
        return new Unit(symbol, factor);
    }

    /** {@return what it is called, with its article} */
    public String noun() {
        return noun;
    }

    /** {@return one such quantity} */
    public String example() {
        return example;
    }

    /** {@return the units it may be written in} */
    public List<String> symbols() {
        return units.stream().map(Unit::symbol).toList();
    }

    /** {@return whether {@code text} starts as a number does} */
    static boolean startsAsNumber(String text) {
        return NUMBER_AND_UNIT.matcher(text).matches();
    }

    /**
     * {@return the quantity that {@code text} spells, in the base unit}
     *
     * @throws BadInput if it spells none
     */
    public long parse(String text, Mark mark) {
        return parse(text, problem -> new BadInput(mark, problem));
    }

    /** {@return the same of what stands outside files} */
    public long parse(String text, Function<String, BadInput> failure) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw failure.apply("'" + text + "' is not " + noun + "; write for example " + example);
        }
        if (matcher.group(1).length() > DIGITS_MAX) {
            throw failure.apply("'" + text + "' is too large for " + noun);
        }
        String symbol = matcher.group(2);
        Unit unit = units.stream()
                .filter(candidate -> candidate.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> failure.apply(wrongUnit(text, matcher.group(1), symbol)));
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.factor));
        if (value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw failure.apply("'" + text + "' is too large for " + noun);
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            if (this == COUNT) {
                throw failure.apply(wrongUnit(text, matcher.group(1), "."));
            }
            String finest = format(1);
            throw failure.apply("'" + text + "' is finer than " + noun + " can be; the finest step is " + finest);
        }
    }

    private String wrongUnit(String text, String number, String symbol) {
        if (this == COUNT) {
            return "'" + text + "' has a unit or a fraction, and a count is a plain integer; write for example "
                    + example;
        }
        if (symbol.isEmpty()) {
            return "'" + text + "' has no unit; " + noun + " is written with "
                    + (units.size() == 1 ? "" : "one of ") + String.join(" ", symbols()) + ", for example " + number
                    + meant() + fraction(number);
        }
        return sum(text)
                .map(sum -> "'" + text + "' has several units; write one, as in " + sum)
                .orElseGet(() -> "'" + symbol.strip() + "' is not a unit of " + noun + nearUnit(symbol.strip()));
    }

    /** {@return the unit that is meant where none is written} */
    private String meant() {
        return this == SIZE ? "B" : units.get(units.size() / 2).symbol;
    }

    private String fraction(String number) {
        BigDecimal share = new BigDecimal(number);
        return this == SHARE && share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0
                ? ", or " + share.movePointRight(2).stripTrailingZeros().toPlainString() + "% if it is a fraction"
                : "";
    }

    /** {@return the sum of several quantities without a blank between, as in 1h30m} */
    private Optional<String> sum(String text) {
        Matcher part = PARTS.matcher(text);
        long sum = 0;
        while (part.lookingAt()) {
            String symbol = part.group(2);
            Optional<Unit> unit =
                    units.stream().filter(one -> one.symbol.equals(symbol)).findFirst();
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            sum += Long.parseLong(part.group(1)) * unit.get().factor;
            part.region(part.end(), text.length());
        }
        return part.regionStart() == text.length() ? Optional.of(format(sum)) : Optional.empty();
    }

    /** Who writes 64K means one of KB and KiB, who writes 10min means 10m. */
    private String nearUnit(String symbol) {
        String lower = symbol.toLowerCase(Locale.ROOT);
        List<String> longer = symbols().stream()
                .filter(unit -> unit.toLowerCase(Locale.ROOT).startsWith(lower))
                .toList();
        if (!longer.isEmpty()) {
            return "; did you mean '" + String.join("' or '", longer) + "'?";
        }
        return symbols().stream()
                .filter(unit -> this == DURATION && lower.startsWith(unit))
                .max(Comparator.comparingInt(String::length))
                .map(unit -> "; did you mean '" + unit + "'?")
                .orElseGet(() -> Nearest.hint(symbol, symbols()));
    }

    /** {@return the shortest exact spelling of {@code value}} */
    public String format(long value) {
        if (this == SHARE) {
            return BigDecimal.valueOf(value, 4).stripTrailingZeros().toPlainString() + "%";
        }
        if (value == 0) {
            return "0" + (this == DURATION ? "s" : units.getFirst().symbol);
        }
        return units.stream()
                .sorted((a, b) -> Long.compare(b.factor, a.factor))
                .filter(unit -> value % unit.factor == 0)
                .findFirst()
                .map(unit -> value / unit.factor + unit.symbol)
                .orElseThrow(() -> new IllegalStateException("no unit of 1 in " + Arrays.toString(values())));
    }
}
