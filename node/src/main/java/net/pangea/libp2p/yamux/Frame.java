package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;

/**
 * The header of a frame (yamux, "Framing"), big-endian:
 *
 * <pre>
 * version u8 = 0 | type u8 | flags u16 | stream u32 | length u32
 * </pre>
 *
 * @param flags of {@link #SYN}, {@link #ACK}, {@link #FIN} and {@link #RST}
 * @param stream its number, unsigned; 0 is the session
 * @param length of the bytes that follow (DATA only), a window's growth, a ping's value, or why one goes away
 */
record Frame(FrameType type, int flags, int stream, long length) {
    static final int BYTES = 12;

    /** Opens a stream; on a ping: asks. */
    static final int SYN = 1;
    /** Accepts a stream; on a ping: answers. */
    static final int ACK = 2;
    /** Ends the sender's output. */
    static final int FIN = 4;
    /** Breaks the stream. */
    static final int RST = 8;

    static final long LENGTH_MAX = 0xffff_ffffL;

    private static final int FLAGS = SYN | ACK | FIN | RST;
    private static final FrameType[] TYPES = FrameType.values();

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Writes the header. */
    void encode(ByteBuffer out) {
        out.put((byte) 0)
                .put((byte) type.code())
                .putShort((short) flags)
                .putInt(stream)
                .putInt((int) length);
    }

    /**
     * Reads a header of which all bytes are there.
     *
     * @throws YamuxFailure if there is no such frame
     */
    static Frame decode(ByteBuffer in) {
        int version = Byte.toUnsignedInt(in.get());
        int type = Byte.toUnsignedInt(in.get());
        int flags = Short.toUnsignedInt(in.getShort());
        int stream = in.getInt();
        long length = Integer.toUnsignedLong(in.getInt());
        if (version != 0) {
            throw new YamuxFailure(Reason.BAD_VERSION, "a frame of version " + version);
        }
        if (type >= TYPES.length) {
            throw new YamuxFailure(Reason.BAD_TYPE, "a frame of type " + type);
        }
        Frame frame = new Frame(TYPES[type], flags, stream, length);
        frame.check();
        return frame;
    }

    private void check() {
        boolean known = (flags & ~FLAGS) == 0;
        boolean fits = type != FrameType.PING || flags == SYN || flags == ACK;
        if (!known || !fits) {
            throw new YamuxFailure(Reason.BAD_FLAGS, "flags 0x" + Integer.toHexString(flags) + " on " + type);
        }
        boolean ofSession = type == FrameType.PING || type == FrameType.GO_AWAY;
        if (ofSession != (stream == 0)) {
            throw new YamuxFailure(Reason.BAD_STREAM, type + " on stream " + Integer.toUnsignedString(stream));
        }
    }
}
