package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * What a connection is for. Whoever dials says it first:
 *
 * <pre>
 * "PNG" | version of the protocol: 3 (1) | kind: 1 peer, 2 client (1)
 * </pre>
 */
public enum Conversation {
    /** A node asks another: frames of {@link PeerMessage}s, a request and its reply after the other. */
    PEER(1),
    /** A client talks to its node. */
    CLIENT(2);

    private static final int VERSION = 3;

    private static final int PREAMBLE_BYTES = 5;

    private final int code;

    Conversation(int code) {
        this.code = code;
    }

    /** {@return what the dialling side sends before its first frame} */
    Bytes preamble() {
        return Bytes.wrap(new byte[] {'P', 'N', 'G', VERSION, (byte) code});
    }

    /**
     * {@return what an accepted connection is for; empty if the other side ended before it said so}
     *
     * <p>It waits as long as for an answer, not as long as between requests: whoever has dialled says this at once, and one
     * that says nothing must not keep a place. Failures are {@link ProtocolFailure} WRONG_VERSION,
     * {@link net.pangea.machine.NetworkFailure} and {@link net.pangea.machine.DeadlineExceeded}.
     */
    public static Optional<Conversation> of(Connection accepted, Clock clock, Deadlines deadlines)
            throws InterruptedException {
        byte[] begin = new byte[PREAMBLE_BYTES];
        int read =
                new Slices(accepted, clock, deadlines).fill(ByteBuffer.wrap(begin), PREAMBLE_BYTES, deadlines.reply());
        if (read == 0) {
            return Optional.empty();
        }
        Bytes said = Bytes.wrap(begin);
        for (Conversation kind : values()) {
            if (kind.preamble().equals(said)) {
                return Optional.of(kind);
            }
        }
        throw new ProtocolFailure(
                Kind.WRONG_VERSION,
                "begins with " + said.slice(0, read).hex() + ", not as version " + VERSION
                        + " does: both sides have to run the same version of Pangea");
    }
}
