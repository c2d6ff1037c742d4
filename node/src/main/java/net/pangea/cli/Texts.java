package net.pangea.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.pangea.bytes.Sha256;

/** How values are shown to people. Pure. */
final class Texts {
    /** Digits of an id that tell the objects of one owner apart. */
    private static final int ID_DIGITS = 16;

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Texts() {}

    /** {@return a size such as {@code 11.4 MiB}} */
    static String size(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        int unit = 0;
        double value = bytes / 1024.0;
        while (value >= 1024 && unit < UNITS.size() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }

    /** {@return how long, as exactly as anybody wants to wait} */
    static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        return (duration.toHours() == 0 ? "" : duration.toHours() + " h ") + duration.toMinutesPart() + " min";
    }

    /** {@return a time in UTC, to the minute} */
    static String time(long epochMillis) {
        return MINUTES.format(Instant.ofEpochMilli(epochMillis));
    }

    /** {@return the beginning of an id} */
    static String id(Sha256 object) {
        return object.hex().substring(0, ID_DIGITS);
    }

    /** {@return {@code 1 peer} or {@code 2 peers}} */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** {@return a text that may be anybody's, without what a terminal takes for an order} */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
