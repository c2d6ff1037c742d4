package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.multistream.Multistream;
import net.pangea.libp2p.security.Secured;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/**
 * A peer that shakes hands over TCP as it should, and then says in frames of Yamux whatever it likes. Nothing that it is told
 * is read unless it asks.
 */
public final class RawPeer implements AutoCloseable {
    /** What a stream's window begins with. */
    public static final int WINDOW_BYTES = 256 * 1024;

    public static final int SYN = 1;
    public static final int RST = 8;

    /** How the other side is asked for an echo of all that follows. */
    public static final Bytes PING =
            Bytes.wrap("\u0013/multistream/1.0.0\n\u0011/ipfs/ping/1.0.0\n".getBytes(StandardCharsets.ISO_8859_1));

    private static final List<String> MUXERS = List.of("/yamux/1.0.0");
    private static final byte DATA = 0;
    private static final byte WINDOW_UPDATE = 1;
    /** Of a frame without data. */
    public static final int HEADER_BYTES = 12;

    private final Connection raw;
    private final Connection secured;

    private RawPeer(Connection raw, Connection secured) {
        this.raw = raw;
        this.secured = secured;
    }

    /** {@return one that is connected} */
    public static RawPeer dial(Endpoint port, PeerId peer, IdentityKey key, Machine machine)
            throws InterruptedException {
        Connection raw = machine.network().connect(port);
        boolean dialed = false;
        try {
            String _ = Multistream.propose(raw, List.of("/noise"));
            Secured secured = Security.NOISE.protocol(key, MUXERS, machine).dial(raw, peer);
            if (secured.muxer().isEmpty()) {
                String _ = Multistream.propose(secured.connection(), MUXERS);
            }
            dialed = true;
            return new RawPeer(raw, secured.connection());
        } finally {
            if (!dialed) {
                raw.close();
            }
        }
    }

    /** {@return a frame that carries data} */
    public static ByteBuffer data(int stream, int flags, Bytes content) {
        return header(ByteBuffer.allocate(HEADER_BYTES + content.size()), DATA, flags, stream, content.size())
                .put(content.asBuffer())
                .flip();
    }

    /** {@return a frame that announces so much data, and has none} */
    public static ByteBuffer announced(int stream, int flags, int bytes) {
        return header(ByteBuffer.allocate(HEADER_BYTES), DATA, flags, stream, bytes)
                .flip();
    }

    /** {@return a frame that says no more than its flags} */
    public static ByteBuffer flags(int stream, int flags) {
        return header(ByteBuffer.allocate(HEADER_BYTES), WINDOW_UPDATE, flags, stream, 0)
                .flip();
    }

    private static ByteBuffer header(ByteBuffer frame, byte type, int flags, int stream, int length) {
        return frame.put((byte) 0)
                .put(type)
                .putShort((short) flags)
                .putInt(stream)
                .putInt(length);
    }

    public void write(ByteBuffer frames) throws InterruptedException {
        secured.write(frames);
    }

    /** Reads until the other side has closed the connection. */
    public void awaitEnd() throws InterruptedException {
        try {
            ByteBuffer answer = ByteBuffer.allocate(1_000);
            while (secured.read(answer.clear()) >= 0) {}
        } catch (NetworkFailure e) {
            return; // closed on us
        }
    }

    @Override
    public void close() {
        raw.reset();
    }
}
