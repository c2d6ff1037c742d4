package net.pangea.sim.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs of a sweep that did not pass for what seems to be the same reason.
 *
 * @param what the check that failed and what it said, or why the runs were invalid; numbers, which differ from run to run, are
 *     written as {@code #}
 * @param runs at least one, the lowest seed first
 */
public record Cause(String what, List<Outcome> runs) {

    /** Numbers with their units, what begins with a digit, and hashes in hexadecimal. */
    private static final Pattern NUMBER = Pattern.compile("\\b(?:[0-9][0-9A-Za-z.,%]*|[0-9a-f]{16,})");

    /** {@return what is the same in two problems that differ in numbers and hashes alone} */
    public static String general(String problem) {
        return NUMBER.matcher(problem).replaceAll("#");
    }
}
