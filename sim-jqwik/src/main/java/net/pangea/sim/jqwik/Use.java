package net.pangea.sim.jqwik;

import java.util.Locale;

/**
 * Something that users do.
 *
 * @param group the number of the machines that it goes through
 * @param everySeconds between two times, or once if it is 0
 * @param fromSeconds when it begins
 * @param kibibytes the size of files, or of what is read of them
 */
record Use(Kind kind, int group, int everySeconds, int fromSeconds, int kibibytes) {

    /** Which of them. */
    enum Kind {
        GET("get: {of: " + Draft.FIRST + ", choose: each, from: %1$s}"),
        RANGE("range: {of: " + Draft.FIRST + ", choose: uniform, size: %2$dKiB, from: %1$s}"),
        RENEW("renew: {of: " + Draft.FIRST + ", keep: 1d}"),
        FIND("find: {of: " + Draft.FIRST + ", choose: uniform, from: %1$s}"),
        LOOKUP("lookup: {from: %1$s}"),
        PUT("put: {as: %3$s, count: 1, size: %2$dKiB, from: %1$s}");

        private final String pattern;

        Kind(String pattern) {
            this.pattern = pattern;
        }
    }

    /** @param name for what it stores, which nothing else has */
    String write(Draft.Frame frame, String name) {
        String when = everySeconds == 0
                ? "at: " + fromSeconds + "s"
                : "every: " + everySeconds + "s, from: " + fromSeconds + "s";
        return when + ", " + String.format(Locale.ROOT, kind.pattern, frame.group(group), kibibytes, name);
    }
}
