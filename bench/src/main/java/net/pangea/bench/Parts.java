package net.pangea.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;

/**
 * The steps of storing and fetching one object, each alone, over the bytes that the product has there. Contexts and
 * buffers live as long as the process: a step alone is as fast as it can be.
 */
final class Parts {
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final Bytes content;
    private final byte[] contentArray;
    private final byte[] frameBuffer;
    private final byte[] fetched;
    private final ReedSolomon code;
    private final List<Bytes> shards;
    private final ShardBuffer stripe;
    private final byte[] nonce;
    private final byte[] sealed;
    private final byte[] frame;
    private final byte[] sealTarget;
    private final byte[] openTarget;

    /** The steps of {@code content}, which the product has stored as {@code shards}. */
    Parts(Content content, List<Bytes> shards, ReedSolomon code) {
        contentArray = content.bytes();
        this.content = Bytes.wrap(contentArray);
        this.shards = shards;
        this.code = code;
        compressor.setLevel(content.level()).setContentSize(false).setChecksum(false);
        frameBuffer = new byte[Math.toIntExact(Zstd.compressBound(contentArray.length))];
        fetched = new byte[contentArray.length];
        stripe = ShardBuffer.joined(shards.size(), shards.getFirst().size());
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).copyTo(stripe.bytes(), stripe.at(i));
        }
        ByteBuffer payload = ByteBuffer.wrap(stripe.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int encrypted = payload.getInt();
        nonce = new byte[Product.NONCE_BYTES];
        payload.get(nonce);
        sealed = new byte[encrypted - nonce.length];
        payload.get(sealed);
        openTarget = new byte[sealed.length - Product.TAG_BYTES];
        frame = open().clone();
        sealTarget = new byte[sealed.length];
    }

    Sha256 hash() {
        return Sha256.of(content);
    }

    byte[] compress() {
        int size =
                compressor.compressByteArray(frameBuffer, 0, frameBuffer.length, contentArray, 0, contentArray.length);
        if (size == 0) {
            throw new IllegalStateException("compressed to nothing");
        }
        return frameBuffer;
    }

    byte[] seal() {
        return Product.seal(frame, sealTarget);
    }

    ShardBuffer encode() {
        code.encode(stripe);
        return stripe;
    }

    /** {@return the leaves of the shards from {@code from} to {@code to} (exclusive)} */
    List<ColumnLeaf> leaves(int from, int to) {
        return leaves(shards.subList(from, to));
    }

    static List<ColumnLeaf> leaves(List<Bytes> shards) {
        return shards.stream().map(shard -> ShardTree.of(shard).leaf()).toList();
    }

    ShardBuffer rebuild(SortedSet<Integer> present, SortedSet<Integer> wanted) {
        code.reconstruct(stripe, present, wanted);
        return stripe;
    }

    byte[] open() {
        return Product.open(nonce, sealed, 0, sealed.length, openTarget);
    }

    byte[] decompress() {
        int size = decompressor.decompressByteArray(fetched, 0, fetched.length, frame, 0, frame.length);
        if (size != contentArray.length || !Arrays.equals(fetched, 0, 16, contentArray, 0, 16)) {
            throw new IllegalStateException("fetched " + size + " bytes of " + contentArray.length);
        }
        return fetched;
    }
}
