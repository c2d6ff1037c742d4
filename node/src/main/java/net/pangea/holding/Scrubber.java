package net.pangea.holding;

import java.time.Duration;
import net.pangea.machine.Clock;
import net.pangea.store.EntryKey;
import net.pangea.store.ScrubReport;
import net.pangea.store.StoreFailure;

/**
 * Reads everything again and again, so that rot is found while it can still be repaired; what is little, not all the time.
 * The first pass begins when the node starts, since it may be off when the next one is due. A task of its own.
 */
public final class Scrubber {
    private final Books books;
    private final Rot rot;
    private long damagedInPass;

    Scrubber(Books books, Rot rot) {
        this.books = books;
        this.rot = rot;
    }

    /** Scrubs until it is cancelled. */
    public void run() throws InterruptedException {
        Clock clock = books.time().clock();
        long began = clock.nanoTime();
        while (true) {
            clock.sleep(books.settings().scrubPeriod());
            if (scrub()) {
                Duration rest = books.settings().scrubEvery().minusNanos(clock.nanoTime() - began);
                clock.sleep(rest.isNegative() ? Duration.ZERO : rest);
                began = clock.nanoTime();
            }
        }
    }

    /**
     * Reads on, as much as the settings say. What the store fails to do is told, and tried again the next time.
     *
     * @return whether it came to the end, so that the next call begins anew
     */
    public boolean scrub() throws InterruptedException {
        try {
            ScrubReport report = books.store().scrub(books.settings().scrubBytes());
            for (EntryKey damaged : report.damaged()) {
                rot.entry(damaged, "scrub");
            }
            damagedInPass += report.damaged().size();
            if (report.finished()) {
                books.events().emit(new HoldingEvent.ScrubFinished(damagedInPass));
                damagedInPass = 0;
            }
            return report.finished();
        } catch (StoreFailure e) {
            books.events().emit(new HoldingEvent.TaskFailed("scrubber", String.valueOf(e.getMessage())));
            return false;
        }
    }
}
