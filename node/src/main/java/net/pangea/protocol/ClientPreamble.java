package net.pangea.protocol;

import java.nio.ByteBuffer;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * What a client says first, before its first frame:
 *
 * <pre>
 * "PNG" | version of the protocol: 3 (1) | 2 (1)
 * </pre>
 */
public final class ClientPreamble {
    private static final int VERSION = 3;

    private static final int CLIENT = 2;

    private static final int SIZE_BYTES = 5;

    private ClientPreamble() {}

    /** {@return what the dialling side sends before its first frame} */
    static Bytes bytes() {
        return Bytes.wrap(new byte[] {'P', 'N', 'G', VERSION, CLIENT});
    }

    /**
     * {@return whether a client is at the other end of an accepted connection; not if that ended before it said anything}
     *
     * <p>It waits as long as for an answer, not as long as between requests: whoever has dialled says this at once, and one
     * that says nothing must not keep a place. Failures are {@link ProtocolFailure} WRONG_VERSION,
     * {@link net.pangea.machine.NetworkFailure} and {@link net.pangea.machine.DeadlineExceeded}.
     */
    public static boolean isNext(Connection accepted, Clock clock, Deadlines deadlines) throws InterruptedException {
        byte[] begin = new byte[SIZE_BYTES];
        int read = new Slices(accepted, clock, deadlines).fill(ByteBuffer.wrap(begin), SIZE_BYTES, deadlines.reply());
        if (read == 0) {
            return false;
        }
        Bytes said = Bytes.wrap(begin);
        if (!said.equals(bytes())) {
            throw new ProtocolFailure(
                    Kind.WRONG_VERSION,
                    "begins with " + said.slice(0, read).hex() + ", not as version " + VERSION
                            + " does: both sides have to run the same version of Pangea");
        }
        return true;
    }
}
