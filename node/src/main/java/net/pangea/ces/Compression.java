package net.pangea.ces;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import net.pangea.ces.CesFailure.Kind;

/**
 * Content to one zstd frame, and back within a limit.
 *
 * <p>The frame depends on the content, its type and the zstd library's version, and on nothing else. Its
 * header carries neither the content's size nor a checksum, as in the original Pangea network.
 */
final class Compression {

    private Compression() {}

    /** {@return one frame; of raw blocks if the type says that compressing is of no use} */
    static byte[] compress(byte[] content, ContentType type) {
        if (type.compressionLevel() == 0) {
            return ZstdFrame.stored(content);
        }
        // A context of its own for each call: it outlives no crash, and carries nothing from one to the next.
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(type.compressionLevel()).setContentSize(false).setChecksum(false);
            byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(content.length))];
            int size = context.compressByteArray(frame, 0, frame.length, content, 0, content.length);
            return Arrays.copyOf(frame, size);
        }
    }

    /**
     * {@return the content of authentic, decrypted bytes} Never sets aside more memory than
     * {@code limitBytes}, whatever the frame says.
     *
     * <p>The original network stores archives and videos without a frame; they are recognised by their type.
     *
     * @throws CesFailure BAD_FRAME or TOO_LARGE
     */
    static byte[] decompress(byte[] decrypted, int limitBytes) {
        if (!ZstdFrame.hasMagic(decrypted) && ContentType.of(decrypted).compressionLevel() == 0) {
            if (decrypted.length > limitBytes) {
                throw tooLarge(limitBytes);
            }
            return decrypted;
        }
        long bound = ZstdFrame.contentBytesBound(decrypted);
        byte[] content = new byte[(int) Math.min(bound, limitBytes)];
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            int size = context.decompressByteArray(content, 0, content.length, decrypted, 0, decrypted.length);
            return size == content.length ? content : Arrays.copyOf(content, size);
        } catch (ZstdException e) {
            if (bound > limitBytes && e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                throw tooLarge(limitBytes);
            }
            throw new CesFailure(Kind.BAD_FRAME, "the zstd frame does not decode: " + e.getMessage());
        }
    }

    private static CesFailure tooLarge(int limitBytes) {
        return new CesFailure(Kind.TOO_LARGE, "the content is larger than the limit of " + limitBytes + " bytes");
    }
}
