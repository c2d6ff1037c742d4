package net.pangea.holding;

import java.time.Duration;
import net.pangea.store.StoreFailure;

/** Gives the space of what is gone back to the disk. A task of its own. */
public final class Compactor {
    /** Between two steps, so that others get at the disk. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Books books;

    Compactor(Books books) {
        this.books = books;
    }

    /** Compacts until it is cancelled. */
    public void run() throws InterruptedException {
        while (true) {
            books.time().clock().sleep(books.settings().compactPeriod());
            while (compact()) {
                books.time().clock().sleep(PAUSE);
            }
        }
    }

    private boolean compact() throws InterruptedException {
        try {
            return books.store().compact();
        } catch (StoreFailure e) {
            books.events().emit(new HoldingEvent.TaskFailed("compactor", String.valueOf(e.getMessage())));
            return false;
        }
    }
}
