package net.pangea.ces;

/**
 * What kind of content some bytes are, as far as it decides how hard to compress them.
 *
 * <p>The rules and levels are those of the original Pangea network. They look at the bytes alone, never at a
 * file's name: for an object of many segments, ask once with its first bytes.
 */
public enum ContentType {
    /** Archives that are compressed already. */
    COMPRESSED(0),
    VIDEO(0),
    IMAGE(1),
    AUDIO(1),
    TEXT(9),
    /** Programs. */
    BINARY(6),
    UNKNOWN(3);

    /** So many first bytes tell the type; more change nothing. */
    static final int HEAD_BYTES = 512;

    private final int level;

    ContentType(int level) {
        this.level = level;
    }

    /** {@return the zstd level for this type; 0 means not to try at all} */
    public int compressionLevel() {
        return level;
    }

    /** {@return the type of content that begins with {@code head}; more than its first 512 bytes change nothing} */
    public static ContentType of(byte[] head) {
        if (head.length < 4) {
            return UNKNOWN;
        }
        if (has(head, 0, 'P', 'K', 3, 4) || has(head, 0, 0x1f, 0x8b)) {
            return COMPRESSED;
        }
        if (has(head, 0, 0x89, 'P', 'N', 'G') || has(head, 0, 0xff, 0xd8, 0xff) || has(head, 0, 'G', 'I', 'F', '8')) {
            return IMAGE;
        }
        boolean isRiff = has(head, 0, 'R', 'I', 'F', 'F');
        if ((head.length >= 12 && has(head, 4, 'f', 't', 'y', 'p')) || (isRiff && has(head, 8, 'A', 'V', 'I', ' '))) {
            return VIDEO;
        }
        boolean isMpegAudio = has(head, 0, 0xff) && (head[1] & 0xff) >= 0xf0;
        if (isMpegAudio || has(head, 0, 'f', 'L', 'a', 'C') || (isRiff && has(head, 8, 'W', 'A', 'V', 'E'))) {
            return AUDIO;
        }
        if (has(head, 0, 0x7f, 'E', 'L', 'F') || has(head, 0, 'M', 'Z')) {
            return BINARY;
        }
        return isText(head) ? TEXT : UNKNOWN;
    }

    private static boolean has(byte[] head, int at, int... expected) {
        if (head.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((head[at + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** More than nine tenths of the sample are printable ASCII or white space. */
    private static boolean isText(byte[] head) {
        int sample = Math.min(head.length, HEAD_BYTES);
        int readable = 0;
        for (int i = 0; i < sample; i++) {
            byte b = head[i];
            if ((b >= ' ' && b <= '~') || b == '\t' || b == '\n' || b == '\f' || b == '\r') {
                readable++;
            }
        }
        return readable * 10 > sample * 9;
    }
}
