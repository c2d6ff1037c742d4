package net.pangea.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SortedSet;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.Stripe;
import net.pangea.ces.XChaCha20Poly1305;

/**
 * Storing and fetching one object with the product's parts, in the product's byte format. Contexts and buffers live
 * from object to object, as in {@link NativeCoding}, and what the parts allocate themselves is theirs.
 */
final class JavaCoding implements AutoCloseable {
    private static final int HEADER_BYTES = Integer.BYTES + XChaCha20Poly1305.NONCE_BYTES;
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final byte[] key = new byte[XChaCha20Poly1305.KEY_BYTES];
    private final byte[] nonce = new byte[XChaCha20Poly1305.NONCE_BYTES];
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final byte[] content;
    private final byte[] frameBuffer;
    private final byte[] fetched;
    private final ReedSolomon code;
    private final Stripe stripe;

    JavaCoding(Content content, ReedSolomon code) {
        this.content = content.bytes();
        this.code = code;
        compressor.setLevel(content.level()).setContentSize(false).setChecksum(false);
        frameBuffer = new byte[Math.toIntExact(Zstd.compressBound(this.content.length))];
        fetched = new byte[this.content.length];
        int payload = HEADER_BYTES + seal(compress()).length;
        stripe = Stripe.joined(code.totalShards(), Math.ceilDiv(payload, code.dataShards()));
    }

    Stripe store() {
        return encode(seal(compress()));
    }

    byte[] compress() {
        int size = compressor.compressByteArray(frameBuffer, 0, frameBuffer.length, content, 0, content.length);
        return Arrays.copyOf(frameBuffer, size);
    }

    byte[] seal(byte[] frame) {
        return XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, frame);
    }

    Stripe encode(byte[] sealed) {
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
        return XChaCha20Poly1305.open(key, nonce, NO_ASSOCIATED_DATA, sealed);
    }

    byte[] decompress(byte[] frame) {
        int size = decompressor.decompressByteArray(fetched, 0, fetched.length, frame, 0, frame.length);
        if (size != content.length) {
            throw new IllegalStateException("fetched " + size + " bytes of " + content.length);
        }
        return fetched;
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }
}
