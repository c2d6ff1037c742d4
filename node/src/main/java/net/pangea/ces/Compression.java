package net.pangea.ces;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.pangea.ces.CesFailure.Kind;

/**
 * Content to one zstd frame with its padding, and back within a limit.
 *
 * <p>The frame depends on the content, its type and the zstd library's version, and on nothing else. Its
 * header carries neither the content's size nor a checksum, as in the original Pangea network. No frame is longer
 * than that of the content in raw blocks.
 */
final class Compression {

    private Compression() {}

    /** {@return one frame; of raw blocks where compressing is of no use, by the type or by the outcome} */
    static Frame compress(byte[] content, ContentType type) {
        if (type.compressionLevel() == 0) {
            return Frame.storing(content);
        }
        return ZstdContexts.compress(content, type.compressionLevel(), ZstdFrame.storedBytes(content.length))
                .map(frame -> Frame.compressed(frame, frame.length))
                .orElseGet(() -> Frame.storing(content));
    }

    /**
     * {@return the content of an authentic frame with its padding or without any} Never sets aside more memory than
     * {@code limitBytes}, whatever the frame says.
     *
     * @param padded in an array
     * @throws CesFailure BAD_FRAME or TOO_LARGE
     */
    static byte[] decompress(ByteBuffer padded, int limitBytes) {
        ZstdFrame.Extent frame = ZstdFrame.extent(padded);
        byte[] content = new byte[(int) Math.min(frame.contentBytesBound(), limitBytes)];
        int from = padded.arrayOffset() + padded.position();
        try {
            int size = ZstdContexts.decompress(padded.array(), from, frame.frameBytes(), content);
            return size == content.length ? content : Arrays.copyOf(content, size);
        } catch (ZstdException e) {
            if (frame.contentBytesBound() > limitBytes && e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                throw tooLarge(limitBytes);
            }
            throw new CesFailure(Kind.BAD_FRAME, "the zstd frame does not decode: " + e.getMessage());
        }
    }

    static CesFailure tooLarge(long limitBytes) {
        return new CesFailure(
                Kind.TOO_LARGE,
                "the content is larger than the limit of " + limitBytes
                        + " bytes: it is a bomb, or the size it was said to have is wrong");
    }
}
