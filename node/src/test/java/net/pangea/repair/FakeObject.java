package net.pangea.repair;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.ReedSolomon;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardTree;

/** An object with all its shards, which are random bytes and their parity. */
record FakeObject(Manifest manifest, Bytes sealedHeader, List<List<Bytes>> columns, SigningKey owner) {
    private static final long EXPIRES_MILLIS = 4_000_000_000_000L;

    static FakeObject of(long seed, int k, int m, int segments, int shardBytes) {
        return of(seed, k, m, segments, shardBytes, false);
    }

    /** @param broken whether the last parity column is not the parity */
    static FakeObject of(long seed, int k, int m, int segments, int shardBytes, boolean broken) {
        RandomStream random = RandomStream.of(seed, "object");
        ReedSolomon code = new ReedSolomon(k, m);
        List<List<Bytes>> columns = new ArrayList<>();
        for (int column = 0; column < k + m; column++) {
            columns.add(new ArrayList<>());
        }
        for (int segment = 0; segment < segments; segment++) {
            int size = segment == segments - 1 ? Math.max(1, shardBytes / 3) : shardBytes;
            List<byte[]> data = new ArrayList<>();
            for (int shard = 0; shard < k; shard++) {
                byte[] bytes = new byte[size];
                random.fill(bytes);
                data.add(bytes);
            }
            List<byte[]> stripe = code.encode(data);
            for (int column = 0; column < k + m; column++) {
                byte[] shard = stripe.get(column);
                if (broken && column == k + m - 1) {
                    shard[0] ^= 1;
                }
                columns.get(column).add(Bytes.wrap(shard));
            }
        }
        SigningKey owner = SigningKey.ofSeed(random32(random));
        Bytes header = random32(random);
        Manifest manifest = new Manifest(
                1,
                k,
                m,
                4 << 20,
                segments,
                new Sha256(random32(random)),
                owner.id(),
                Sha256.of(header),
                columns.stream().map(column -> index(column).root()).toList());
        return new FakeObject(manifest, header, columns, owner);
    }

    private static Bytes random32(RandomStream random) {
        byte[] bytes = new byte[32];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }

    private static ColumnIndex index(List<Bytes> column) {
        return new ColumnIndex(
                column.stream().map(shard -> ShardTree.of(shard).leaf()).toList());
    }

    ColumnIndex index(int column) {
        return index(columns.get(column));
    }

    Sha256 id() {
        return manifest.id();
    }

    Lease keep(long sequence) {
        long bytes = columns.getFirst().stream().mapToLong(Bytes::size).sum();
        Bytes key = Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]);
        return Lease.keep(owner, id(), sequence, 0, EXPIRES_MILLIS, bytes, key);
    }

    Lease delete(long sequence) {
        return Lease.delete(owner, id(), sequence, 0, EXPIRES_MILLIS);
    }
}
