package net.pangea.sim.cluster.local;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last lines that a process wrote beside its events, for whoever has to say why it ended. */
final class LastLines {
    /** A stack trace or two. */
    private static final int LINES_MAX = 200;

    private static final int LINE_CHARS_MAX = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<String> lines = new ArrayDeque<>(); // guarded by lock

    void add(String line) {
        lock.lock();
        try {
            if (lines.size() == LINES_MAX) {
                lines.remove();
            }
            lines.add(line.length() > LINE_CHARS_MAX ? line.substring(0, LINE_CHARS_MAX) + "..." : line);
        } finally {
            lock.unlock();
        }
    }

    List<String> all() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the last line that says something; empty if there is none} */
    String last() {
        return all().reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
    }
}
