package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.StoreShard;

/**
 * An object of an owner, of shards with random bytes.
 *
 * @param shards by column, then by segment
 */
record TestObject(SigningKey owner, Manifest manifest, Bytes sealedHeader, List<List<Bytes>> shards) {
    static final long DAY = 24 * 3_600_000L;

    /** 2026-01-01, where the clocks of these tests begin. */
    static final long START = 1_767_225_600_000L;

    static SigningKey key(long seed) {
        return SigningKey.ofSeed(new ByteWriter()
                .raw(Bytes.wrap(new byte[SigningKey.SEED_BYTES - Long.BYTES]))
                .u64(seed)
                .toBytes());
    }

    /** {@return an object whose shards have up to {@code shardBytesMax} bytes, the largest in the first segment} */
    static TestObject draw(long seed, SigningKey owner, int columns, int segments, int shardBytesMax) {
        RandomStream random = RandomStream.of(seed, "object");
        List<Integer> sizes = new ArrayList<>();
        for (int segment = 0; segment < segments; segment++) {
            sizes.add(segment == 0 ? shardBytesMax : (int) random.between(1, shardBytesMax));
        }
        List<List<Bytes>> shards = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            shards.add(sizes.stream().map(size -> bytes(random, size)).toList());
        }
        Bytes header = bytes(random, Header.SEALED_BYTES);
        Manifest manifest = new Manifest(
                1,
                columns,
                0,
                ObjectLimits.SEGMENT_BYTES,
                segments,
                new Sha256(bytes(random, 32)),
                owner.id(),
                Sha256.of(header),
                shards.stream().map(column -> index(column).root()).toList());
        return new TestObject(owner, manifest, header, shards);
    }

    private static Bytes bytes(RandomStream random, int size) {
        byte[] bytes = new byte[size];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }

    private static ColumnIndex index(List<Bytes> column) {
        return new ColumnIndex(
                column.stream().map(shard -> ShardTree.of(shard).leaf()).toList());
    }

    Sha256 id() {
        return manifest.id();
    }

    Sha256 placementKey() {
        return manifest.placementKey();
    }

    /** Of one column. */
    long columnBytes() {
        return shards.getFirst().stream().mapToLong(Bytes::size).sum();
    }

    ColumnIndex index(int column) {
        return index(shards.get(column));
    }

    Lease lease(long sequence, long expiresMillis) {
        return Lease.keep(
                owner,
                id(),
                sequence,
                START,
                expiresMillis,
                columnBytes(),
                Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]));
    }

    Lease lease(long sequence) {
        return lease(sequence, START + 90 * DAY);
    }

    Lease deletion(long sequence) {
        return Lease.delete(owner, id(), sequence, START, START + 90 * DAY);
    }

    OpenUpload open() {
        return new OpenUpload(UploadTicket.sign(owner, placementKey(), START, START + DAY, columnBytes()));
    }

    OpenRepair repair(long sequence) {
        return new OpenRepair(manifest.encode(), sealedHeader, lease(sequence));
    }

    StoreShard store(int column, int segment) {
        return new StoreShard(
                placementKey(), column, segment, shards.get(column).get(segment));
    }

    HeldColumn held(int column) {
        return new HeldColumn(column, index(column), List.of(new SegmentRange(0, manifest.segments())));
    }

    CommitColumns commit(Lease lease, List<HeldColumn> columns) {
        return new CommitColumns(manifest.encode(), sealedHeader, lease, columns);
    }

    CommitColumns commit(int... columns) {
        List<HeldColumn> held = new ArrayList<>();
        for (int column : columns) {
            held.add(held(column));
        }
        return commit(lease(1), held);
    }

    PutLease put(Lease lease) {
        return new PutLease(lease);
    }
}
