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
            if (compactAll()) {
                books.store().awaitWrite();
            }
        }
    }

    /** {@return whether all was done that there was to do} */
    private boolean compactAll() throws InterruptedException {
        try {
            while (books.store().compact()) {
                books.time().clock().sleep(PAUSE);
            }
            return true;
        } catch (StoreFailure e) {
            books.events().emit(new HoldingEvent.TaskFailed("compactor", String.valueOf(e.getMessage())));
            return false;
        }
    }
}
