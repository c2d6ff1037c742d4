package net.pangea.bench;

import java.util.List;

/**
 * What one run gave.
 *
 * @param events in the timed part
 * @param messages in the timed part
 * @param threadNanos processor time of the thread that simulates, in the timed part
 * @param processNanos processor time of the whole process, with collector and compilers, in the timed part
 * @param heapBytes live heap at the end, less what lived before the nodes were made
 * @param hash over all events of the run
 */
record Sample(long events, long messages, long threadNanos, long processNanos, long heapBytes, String hash) {
    private static final String MARK = "sample";

    /** {@return the line that {@link #parse} reads} */
    String line() {
        return String.join(
                " ",
                MARK,
                Long.toString(events),
                Long.toString(messages),
                Long.toString(threadNanos),
                Long.toString(processNanos),
                Long.toString(heapBytes),
                hash);
    }

    static Sample parse(List<String> output) {
        for (String line : output) {
            String[] words = line.split(" ", -1);
            if (words.length == 7 && words[0].equals(MARK)) {
                return new Sample(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        words[6]);
            }
        }
        throw new IllegalStateException("the run ended without a result:\n" + String.join("\n", output));
    }

    double messagesPerSecond() {
        return messages * 1e9 / threadNanos;
    }

    double messagesPerProcessSecond() {
        return messages * 1e9 / processNanos;
    }
}
