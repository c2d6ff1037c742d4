package net.pangea.holding;

import net.pangea.store.EntryKey;
import net.pangea.store.ScrubReport;
import net.pangea.store.StoreFailure;

/** Reads everything again and again, so that rot is found while it can still be repaired. A task of its own. */
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
        while (true) {
            books.time().clock().sleep(books.settings().scrubPeriod());
            scrub();
        }
    }

    /** Reads on, as much as the settings say. What the store fails to do is told, and tried again the next time. */
    public void scrub() throws InterruptedException {
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
        } catch (StoreFailure e) {
            books.events().emit(new HoldingEvent.TaskFailed("scrubber", String.valueOf(e.getMessage())));
        }
    }
}
