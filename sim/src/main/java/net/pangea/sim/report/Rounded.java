package net.pangea.sim.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.scenario.Dimension;

/** Quantities as people read them: rounded, in the unit that suits their size. Scenario files spell them exactly. */
public final class Rounded {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Rounded() {}

    /** {@return a quantity in the base unit of its dimension, for people} */
    public static String quantity(Dimension dimension, long value) {
        return switch (dimension) {
            case DURATION -> duration(value);
            case SIZE -> size(value);
            case RATE, SHARE, DRIFT, COUNT -> dimension.format(value);
        };
    }

    /** {@return {@code 84.9ms}, {@code 29.467s}, {@code 10m 0.2s} or {@code 2h 5m}} */
    public static String duration(long nanos) {
        if (nanos < MICROSECOND) {
            return nanos == 0 ? "0s" : nanos + "ns";
        }
        if (nanos < MILLISECOND) {
            return rounded(nanos, MICROSECOND, 1) + "us";
        }
        if (nanos < SECOND) {
            return rounded(nanos, MILLISECOND, 1) + "ms";
        }
        if (nanos < MINUTE) {
            return rounded(nanos, SECOND, 3) + "s";
        }
        return minutes(nanos);
    }

    private static String minutes(long nanos) {
        long step = nanos < HOUR ? SECOND / 10 : SECOND;
        long left = (nanos + step / 2) / step * step; // first, so that no minute has 60 seconds
        List<String> parts = new ArrayList<>();
        if (left >= HOUR) {
            parts.add(left / HOUR + "h");
        }
        if (left % HOUR >= MINUTE) {
            parts.add(left % HOUR / MINUTE + "m");
        }
        if (left % MINUTE > 0) {
            parts.add(rounded(left % MINUTE, SECOND, 1) + "s");
        }
        return String.join(" ", parts);
    }

    /** {@return {@code 512 B} or {@code 11.4 MiB}} */
    public static String size(long bytes) {
        int unit = 0;
        long factor = 1;
        while (unit < SIZES.size() - 1 && bytes / factor >= 1024) {
            unit++;
            factor *= 1024;
        }
        return rounded(bytes, factor, 1) + " " + SIZES.get(unit);
    }

    /** {@return how many there are for one of {@code per}, with so many digits after the point} */
    public static String ratio(long count, long per, int digits) {
        return BigDecimal.valueOf(count)
                .divide(BigDecimal.valueOf(Math.max(1, per)), digits, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** {@return how many there are in a second} */
    public static String perSecond(long count, long nanos) {
        return BigDecimal.valueOf(count)
                .multiply(BigDecimal.valueOf(SECOND))
                .divide(BigDecimal.valueOf(Math.max(1, nanos)), 0, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** {@return how fast a run went: virtual time against real time, and events} */
    static String speed(long timeNanos, long wallNanos, long events) {
        return ratio(timeNanos, wallNanos, 1) + " x real time, " + perSecond(events, wallNanos) + " events/s";
    }

    /** {@return a mean, of which the first digit behind the point counts too if it is of a few things} */
    public static String mean(Dimension dimension, double mean) {
        return dimension == Dimension.COUNT
                ? BigDecimal.valueOf(mean)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : quantity(dimension, Math.round(mean));
    }

    /** {@return {@code 1 fault} or {@code 4 faults}} */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Without zeros at the end. */
    private static String rounded(long value, long factor, int digits) {
        BigDecimal number = new BigDecimal(ratio(value, factor, digits)).stripTrailingZeros();
        return number.toPlainString();
    }
}
