package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.protocol.Peer;

/**
 * A segment on its way to its holders. Each column lands it once; the put waits for all.
 */
final class Flight {
    private final int segment;
    private final Sha256 content;
    private final List<ColumnLeaf> leaves;
    private final List<Bytes> shards;
    private final AtomicReferenceArray<Optional<Peer>> holders;
    private final CountDownLatch under;

    Flight(int segment, Sha256 content, List<ColumnLeaf> leaves, List<Bytes> shards) {
        this.segment = segment;
        this.content = content;
        this.leaves = leaves;
        this.shards = shards;
        this.holders = new AtomicReferenceArray<>(shards.size());
        this.under = new CountDownLatch(shards.size());
    }

    int segment() {
        return segment;
    }

    Bytes shard(int column) {
        return shards.get(column);
    }

    /** Notes who has stored the shard of a column; nobody if the column is lost. */
    void landed(int column, Optional<Peer> holder) {
        holders.set(column, holder);
        under.countDown();
    }

    /** {@return the segment, once every column has landed it} */
    StoredSegment await() throws InterruptedException {
        under.await();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < holders.length(); column++) {
            names.add(holders.get(column).map(Peer::name).orElse(""));
        }
        return new StoredSegment(content, leaves, names);
    }
}
