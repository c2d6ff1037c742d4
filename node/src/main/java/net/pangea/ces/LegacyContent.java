package net.pangea.ces;

import net.pangea.ces.CesFailure.Kind;

/**
 * What the encrypted bytes of an object of the original network are.
 *
 * <p>That network compresses most files to a zstd frame and encrypts archives and videos as they are. It records
 * neither.
 */
public enum LegacyContent {
    /**
     * Whatever the first bytes say: a zstd frame, or the file itself if it is an archive or a video. Never wrong for
     * what the original network writes by its rules, which wraps a file that looks like a zstd frame in another.
     */
    DETECTED,
    /** A zstd frame. */
    ZSTD_FRAME,
    /** The file itself, of any type: written with compression turned off. */
    RAW;

    /**
     * {@return whether content that begins with {@code head} is a zstd frame}
     *
     * @throws CesFailure BAD_FRAME if it is neither that nor what the original network leaves uncompressed
     */
    boolean isFrame(byte[] head) {
        boolean hasMagic = ZstdFrame.hasMagic(head);
        return switch (this) {
            case RAW -> false;
            case ZSTD_FRAME -> {
                if (!hasMagic) {
                    throw new CesFailure(
                            Kind.BAD_FRAME, "the content is no zstd frame: decode it as raw, if it was never one");
                }
                yield true;
            }
            case DETECTED -> {
                if (!hasMagic && ContentType.of(head).compressionLevel() != 0) {
                    throw new CesFailure(
                            Kind.BAD_FRAME,
                            "the content is neither a zstd frame nor an archive or a video: decode it as raw, if it"
                                    + " was stored without compression");
                }
                yield hasMagic;
            }
        };
    }
}
