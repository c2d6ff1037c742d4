package net.pangea.machine;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Writes lengths of time as people write them in settings: {@code 15m}, {@code 90s}, {@code 1d}. Pure. */
public final class TimeText {
    private static final SequencedMap<String, Duration> UNITS = units();

    private TimeText() {}

    private static SequencedMap<String, Duration> units() {
        SequencedMap<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        units.put("us", Duration.ofNanos(1_000));
        return Collections.unmodifiableSequencedMap(units);
    }

    /** {@return a whole number of the largest unit of which the time is one} */
    public static String of(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long count = time.dividedBy(unit.getValue());
            if (unit.getValue().multipliedBy(count).equals(time)) {
                return count + unit.getKey();
            }
        }
        return time.toNanos() + "ns";
    }
}
