package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnLeaf;

/**
 * A segment whose shards are durable.
 *
 * <pre>
 * SHA-256 of the content (32) | columns (2) | for each: shard size (4) | shard root (32) | holder's name (2 + n)
 * </pre>
 *
 * @param leaves one for each column
 * @param holders the name of each column's holder; empty if the column is lost
 */
record StoredSegment(Sha256 content, List<ColumnLeaf> leaves, List<String> holders) {
    private static final int NAME_BYTES_MAX = 1_000;

    StoredSegment {
        leaves = List.copyOf(leaves);
        holders = List.copyOf(holders);
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter().raw(content.bytes()).u16(leaves.size());
        for (int column = 0; column < leaves.size(); column++) {
            ColumnLeaf leaf = leaves.get(column);
            out.u32(leaf.shardBytes()).raw(leaf.root().bytes()).text(holders.get(column));
        }
        return out.toBytes();
    }

    /** @throws net.pangea.bytes.MalformedBytes if they are none */
    static StoredSegment decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        Sha256 content = in.sha256();
        int columns = in.u16In(1, ObjectLimits.MAX_COLUMNS, "columns");
        List<ColumnLeaf> leaves = new ArrayList<>();
        List<String> holders = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int shardBytes = in.u32In(1, ObjectLimits.MAX_SHARD_BYTES, "shard size");
            leaves.add(new ColumnLeaf(shardBytes, in.sha256()));
            holders.add(in.text(NAME_BYTES_MAX, "name"));
        }
        in.end();
        return new StoredSegment(content, leaves, holders);
    }
}
