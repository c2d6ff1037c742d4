package net.pangea.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SortedSet;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.ShardBuffer;

/**
 * Storing and fetching one object with the product's parts, in the product's byte format. Contexts and buffers live
 * as long as the process, as in {@link NativeCoding}, and what the parts allocate themselves is theirs.
 */
final class JavaCoding {
    private static final int HEADER_BYTES = Integer.BYTES + Product.NONCE_BYTES;

    private final byte[] nonce = new byte[Product.NONCE_BYTES];
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final byte[] content;
    private final byte[] frameBuffer;
    private final byte[] fetched;
    private final ReedSolomon code;
    private final ShardBuffer stripe;

    JavaCoding(Content content, ReedSolomon code) {
        this.content = content.bytes();
        this.code = code;
        compressor.setLevel(content.level()).setContentSize(false).setChecksum(false);
        frameBuffer = new byte[Math.toIntExact(Zstd.compressBound(this.content.length))];
        fetched = new byte[this.content.length];
        int payload = HEADER_BYTES + seal(compress()).length;
        stripe = ShardBuffer.joined(code.totalShards(), Math.ceilDiv(payload, code.dataShards()));
    }

    ShardBuffer store() {
        return encode(seal(compress()));
    }

    byte[] compress() {
        int size = compressor.compressByteArray(frameBuffer, 0, frameBuffer.length, content, 0, content.length);
        return Arrays.copyOf(frameBuffer, size);
    }

    byte[] seal(byte[] frame) {
        return Product.seal(frame);
    }

    ShardBuffer encode(byte[] sealed) {
        ByteBuffer.wrap(stripe.bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed);
        code.encode(stripe);
        return stripe;
    }

    /** {@return the content of what {@link #store} left, with other shards than those present not looked at} */
    byte[] fetch(SortedSet<Integer> present, SortedSet<Integer> wanted) {
        return decompress(open(rebuild(present, wanted)));
    }

    byte[] rebuild(SortedSet<Integer> present, SortedSet<Integer> wanted) {
        code.reconstruct(stripe, present, wanted);
        int encrypted =
                ByteBuffer.wrap(stripe.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Arrays.copyOfRange(stripe.bytes(), HEADER_BYTES, Integer.BYTES + encrypted);
    }

    byte[] open(byte[] sealed) {
        return Product.open(sealed);
    }

    byte[] decompress(byte[] frame) {
        int size = decompressor.decompressByteArray(fetched, 0, fetched.length, frame, 0, frame.length);
        if (size != content.length) {
            throw new IllegalStateException("fetched " + size + " bytes of " + content.length);
        }
        return fetched;
    }
}
