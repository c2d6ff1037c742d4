package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records that somebody waits for, and what became of them. Used by one task at a time: who waits, or who writes. */
final class Batch {
    /** For whom there is how much room. */
    enum Purpose {
        /** New content: leaves the reserve free. */
        KEEP,
        /** Copies, which let a file be deleted: may use the reserve. */
        COPY,
        /** Removing, which has to work on a full disk: may use all there is, and the spare file. */
        ERASE
    }

    private final Purpose purpose;
    private final boolean atomic;
    private List<Draft> drafts;
    private boolean done;
    private Optional<StoreFailure> failure = Optional.empty();

    /**
     * @param atomic whether after a crash all are there or none; otherwise each on its own
     */
    Batch(Purpose purpose, boolean atomic, List<Draft> drafts) {
        this.purpose = purpose;
        this.atomic = atomic;
        this.drafts = List.copyOf(drafts);
    }

    Purpose purpose() {
        return purpose;
    }

    boolean isAtomic() {
        return atomic;
    }

    List<Draft> drafts() {
        return drafts;
    }

    /** Leaves out what need not be written any more. */
    void keepOnly(List<Draft> wanted) {
        drafts = new ArrayList<>(wanted);
    }

    int sectors() {
        return drafts.stream().mapToInt(Draft::sectors).sum();
    }

    void succeed() {
        done = true;
    }

    void fail(StoreFailure.Kind kind, String what) {
        failure = Optional.of(new StoreFailure(kind, what));
    }

    static void failOpen(List<Batch> batches, StoreFailure.Kind kind, String what) {
        batches.stream().filter(Batch::isOpen).forEach(batch -> batch.fail(kind, what));
    }

    boolean isDone() {
        return done;
    }

    boolean isOpen() {
        return !done && failure.isEmpty();
    }

    /** Throws what it failed with. */
    void requireDone() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (!done) {
            throw new StoreFailure(StoreFailure.Kind.BROKEN, "the store was closed");
        }
    }
}
