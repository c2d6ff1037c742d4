package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pangea.machine.DiskFile;
import net.pangea.store.Recovery.Tail;

/**
 * Makes sure that what was found at the unsealed end of a log file stays found.
 *
 * <p>It may be acknowledged, so it must not be lost; and it may be readable and yet not on the disk: a process that died
 * between a write and its sync leaves that, and one that died after a failed sync leaves bytes that no further sync
 * of that file makes durable. So it is written once more, into a new file, together with the SEALs of the old ones,
 * as one batch: after a crash either the old tails count or the copies.
 */
final class TailRescue {
    private final Index index;
    private final Handles handles;
    private final LogWriter writer;

    TailRescue(Index index, Handles handles, LogWriter writer) {
        this.index = index;
        this.handles = handles;
        this.writer = writer;
    }

    /** Returns once everything in the tails that counts is durable. */
    void rescue(List<Tail> tails) {
        if (tails.stream().anyMatch(Tail::unreadable)) {
            syncAll(tails); // to cut one off would lose what may be read at the next start
            return;
        }
        List<Row> rows = tails.stream().flatMap(tail -> tail.rows().stream()).toList();
        Copies copies = new Copies(index, new EntryReader(index, handles), rows);
        List<Row> needed = rows.stream().filter(copies::isNeeded).toList();
        if (needed.stream().noneMatch(row -> row.type().hasKey())) {
            // Nothing is at stake. Until the SEALs are written, all at once, the next start would find the same.
            writer.sealLater(seals(tails, needed));
            cutOff(tails);
            return;
        }
        List<Draft> drafts = new ArrayList<>();
        tails.forEach(tail -> drafts.add(Draft.seal(tail.number(), tail.end())));
        needed.forEach(row -> copies.copy(row).ifPresent(drafts::add));
        Batch batch = new Batch(Batch.Purpose.COPY, true, drafts);
        writer.appendNow(batch);
        if (batch.isDone()) {
            cutOff(tails);
        } else {
            // There is no room for copies. A sync is what is left; it is enough unless an earlier one had failed.
            syncAll(tails);
        }
    }

    private void syncAll(List<Tail> tails) {
        tails.forEach(tail -> handles.with(tail.number(), TailRescue::sync));
    }

    private static Map<Integer, Integer> seals(List<Tail> tails, List<Row> found) {
        Map<Integer, Integer> ends = new TreeMap<>();
        found.forEach(row -> ends.put(row.sealedFile(), row.sealedEnd()));
        tails.forEach(tail -> ends.put(tail.number(), tail.end()));
        return ends;
    }

    private static boolean sync(DiskFile file) {
        file.sync();
        return true;
    }

    private void cutOff(List<Tail> tails) {
        for (Tail tail : tails) {
            index.forget(tail.rows());
            var _ = index.ofFile(tail.number(), file -> {
                file.cutAt(tail.end());
                return true;
            });
        }
    }
}
