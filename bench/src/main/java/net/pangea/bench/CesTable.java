package net.pangea.bench;

import java.util.List;
import java.util.Locale;

/** The figures of {@code bench ces}, for people. */
final class CesTable {
    private CesTable() {}

    /** {@return a line for each work: its speed, and how many times as fast as the reference it is} */
    static String text(Race race, String reference) {
        StringBuilder text = new StringBuilder(format("%-44s %8s  to %s%n", race.title(), "GB/s", reference));
        for (Work work : race.works()) {
            String ratio = race.ratio(work.name(), List.of(reference))
                    .map(value -> format("%.2f", value))
                    .orElse("not measured");
            text.append(format("  %-42s %8.3f  %s%n", work.name(), race.speed(work.name()), ratio));
        }
        return text.toString();
    }

    static String line(Target target) {
        String least = format("at least %.2f", target.least());
        return target.figure()
                .map(figure -> format(
                        "%-54s %7.2f  %s: %s",
                        target.what(), figure, least, figure >= target.least() ? "PASS" : "short"))
                .orElseGet(() -> format("%-54s %7s  %s: not measured", target.what(), "-", least));
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
