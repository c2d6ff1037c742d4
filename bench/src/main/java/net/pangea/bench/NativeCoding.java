package net.pangea.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;

/**
 * Storing and fetching one object with libzstd, libsodium and ISA-L, in the product's byte format, in memory outside
 * the heap that lives as long as the process, and without a copy between the steps.
 */
final class NativeCoding {
    private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_BYTES = Integer.BYTES + Product.NONCE_BYTES;
    private static final int FRAME_EXTRA_BYTES = 64 << 10;

    private final NativeZstd zstd;
    private final NativeSodium sodium;
    private final int level;
    private final MemorySegment key = allocate(Product.KEY_BYTES);
    private final MemorySegment nonce = allocate(Product.NONCE_BYTES);
    private final MemorySegment content;
    private final MemorySegment frame;
    private final MemorySegment fetched;
    private final MemorySegment stripe;
    private final NativeIsal.Product encoding;
    private final NativeIsal.Product rebuilding;

    /** The libraries that it needs, all of them. */
    record Libraries(NativeZstd zstd, NativeSodium sodium, NativeIsal isal) {

        /** {@return storing and fetching of {@code content}, with frames of its own} */
        NativeCoding coding(Content content, Matrices matrices) {
            zstd.setLevel(content.level());
            try (Arena arena = Arena.ofConfined()) {
                byte[] bytes = content.bytes();
                MemorySegment source = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
                long frame = zstd.compress(source, arena.allocate(bytes.length + FRAME_EXTRA_BYTES));
                long payload = HEADER_BYTES + frame + Product.TAG_BYTES;
                return new NativeCoding(content, matrices, this, Math.ceilDiv(payload, matrices.dataShards()));
            }
        }

        /** {@return fetching of {@code content} from shards that others have made} */
        NativeCoding coding(Content content, Matrices matrices, List<Bytes> shards) {
            long shardSize = shards.getFirst().size();
            NativeCoding coding = new NativeCoding(content, matrices, this, shardSize);
            for (int i = 0; i < shards.size(); i++) {
                MemorySegment shard = MemorySegment.ofArray(shards.get(i).toArray());
                MemorySegment _ =
                        coding.stripe.asSlice(i * shardSize, shardSize).copyFrom(shard);
            }
            return coding;
        }
    }

    private NativeCoding(Content content, Matrices matrices, Libraries libraries, long shardSize) {
        zstd = libraries.zstd();
        sodium = libraries.sodium();
        NativeIsal isal = libraries.isal();
        level = content.level();
        byte[] bytes = content.bytes();
        this.content = allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
        frame = allocate(bytes.length + FRAME_EXTRA_BYTES);
        fetched = allocate(bytes.length);
        stripe = allocate(shardSize * matrices.totalShards());
        List<MemorySegment> shards = new ArrayList<>();
        for (int i = 0; i < matrices.totalShards(); i++) {
            shards.add(stripe.asSlice(i * shardSize, shardSize));
        }
        encoding = isal.product(
                matrices.parity(),
                shards.subList(0, matrices.dataShards()),
                shards.subList(matrices.dataShards(), matrices.totalShards()));
        rebuilding = isal.product(
                matrices.rebuilding(),
                matrices.present().stream().map(shards::get).toList(),
                matrices.lost().stream().map(shards::get).toList());
    }

    MemorySegment store() {
        zstd.setLevel(level);
        long size = zstd.compress(content, frame);
        long sealedSize = size + Product.TAG_BYTES;
        stripe.set(LENGTH, 0, Math.toIntExact(nonce.byteSize() + sealedSize));
        MemorySegment.copy(nonce, 0, stripe, Integer.BYTES, nonce.byteSize());
        sodium.seal(key, nonce, frame.asSlice(0, size), stripe.asSlice(HEADER_BYTES, sealedSize));
        encoding.run();
        return stripe;
    }

    MemorySegment fetch() {
        rebuilding.run();
        long encrypted = stripe.get(LENGTH, 0);
        long size = encrypted - nonce.byteSize() - Product.TAG_BYTES;
        MemorySegment opened = frame.asSlice(0, size);
        sodium.open(
                key,
                stripe.asSlice(Integer.BYTES, nonce.byteSize()),
                stripe.asSlice(HEADER_BYTES, size + Product.TAG_BYTES),
                opened);
        if (zstd.decompress(opened, fetched) != content.byteSize()) {
            throw new IllegalStateException("fetched another number of bytes");
        }
        return fetched;
    }

    private static MemorySegment allocate(long bytes) {
        return Arena.global().allocate(bytes, 64);
    }
}
