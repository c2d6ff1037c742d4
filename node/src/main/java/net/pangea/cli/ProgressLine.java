package net.pangea.cli;

import java.time.Duration;

/**
 * How far one file is, on a line that is rewritten at most ten times a second. Where nobody looks, nothing is written.
 */
final class ProgressLine implements AutoCloseable {
    private static final long PERIOD_NANOS = 100_000_000;

    /** Before that, the speed is a guess. */
    private static final long FIRST_NANOS = 1_000_000_000;

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final String name;
    private final long startNanos = System.nanoTime();
    private long startBytes = -1;
    private long shownNanos = startNanos - PERIOD_NANOS;
    private boolean shown;

    ProgressLine(Terminal terminal, String name) {
        this.terminal = terminal;
        this.name = name;
    }

    /** @param doneBytes at first what an earlier attempt had left */
    void at(long doneBytes, long totalBytes) {
        startBytes = startBytes < 0 ? doneBytes : startBytes;
        long now = System.nanoTime();
        if (!terminal.interactive() || now - shownNanos < PERIOD_NANOS) {
            return;
        }
        shownNanos = now;
        shown = true;
        terminal.out().print(CLEAR_LINE + text(name, doneBytes, totalBytes, doneBytes - startBytes, now - startNanos));
        terminal.out().flush();
    }

    /**
     * {@return what is told, without the time left while that is unknown} Pure.
     *
     * @param newBytes how many have been transferred in {@code nanos}
     */
    static String text(String name, long doneBytes, long totalBytes, long newBytes, long nanos) {
        String text = Texts.printable(name) + "  " + Texts.size(doneBytes) + " of " + Texts.size(totalBytes);
        if (newBytes <= 0 || nanos < FIRST_NANOS) {
            return text;
        }
        double perSecond = newBytes * 1e9 / nanos;
        Duration left = Duration.ofSeconds((long) Math.ceil((totalBytes - doneBytes) / perSecond));
        return text + ", " + Texts.size((long) perSecond) + "/s, " + Texts.duration(left) + " left";
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (shown) {
            terminal.out().print(CLEAR_LINE);
            terminal.out().flush();
        }
    }
}
