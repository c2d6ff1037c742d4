package net.pangea.libp2p.multistream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.multistream.NegotiationFailure.Kind;
import net.pangea.machine.Connection;

/**
 * Multistream-select 1.0: the dialer proposes protocols, one after the other, the listener echoes the first it speaks.
 *
 * <p>Neither side reads beyond its last message, so what follows on the stream is the protocol's. Every wait is a read or a
 * write of the connection: put a deadline around the call. After a failure or an interrupt the stream is somewhere in the
 * middle of the negotiation: reset it.
 */
public final class Multistream {
    /** The longest message, its line end included; other implementations refuse longer ones too. */
    static final int MESSAGE_BYTES_MAX = 1024;

    /** Proposals a listener answers. Known dialers make fewer than ten; each more costs it a round trip, and us a read. */
    static final int PROPOSALS_MAX = 32;

    private static final String VERSION = "/multistream/1.0.0";
    private static final String NOT_AVAILABLE = "na";
    private static final String LIST = "ls";

    private Multistream() {}

    /**
     * Proposes {@code protocols} in this order and returns the one that the listener takes. The first proposal goes out
     * together with the version, so agreement on it takes one round trip.
     *
     * @param protocols at least one, each not empty, without line ends and at most 1023 bytes long
     * @throws NegotiationFailure of any kind but TOO_MANY_PROPOSALS
     */
    public static String propose(Connection connection, List<String> protocols) throws InterruptedException {
        Messages messages = new Messages(connection);
        messages.write(VERSION, protocols.getFirst());
        expectVersion(messages);
        for (int i = 0; ; ) {
            String protocol = protocols.get(i);
            String answer = messages.read();
            if (answer.equals(protocol)) {
                return protocol;
            }
            if (!answer.equals(NOT_AVAILABLE)) {
                throw new NegotiationFailure(
                        Kind.MALFORMED, "an answer to " + protocol + " that is neither an echo nor na");
            }
            i++;
            if (i == protocols.size()) {
                throw new NegotiationFailure(Kind.NOT_SUPPORTED, "the other side speaks none of " + protocols);
            }
            messages.write(protocols.get(i));
        }
    }

    /**
     * {@return the stream for one protocol that the other side is known to speak} Nothing is sent and nobody is waited for:
     * the proposal goes out with the first bytes that are written, and the answer is read before the first that are read. If
     * the other side does not agree, that read fails as of a connection that was reset.
     *
     * @param later runs, in a task of its own and under a deadline, what is left to do of a stream that was closed before
     *     anything was read from it
     */
    public static Connection proposeLater(Connection connection, String protocol, Consumer<Closing> later) {
        return new Proposed(connection, protocol, later);
    }

    /** The rest of closing a stream, which waits for the other side. */
    @FunctionalInterface
    public interface Closing {
        void run() throws InterruptedException;
    }

    static Bytes proposal(String protocol) {
        return Messages.encode(VERSION, protocol);
    }

    /** Reads the answer to one proposal, which is to be agreement. */
    static void expect(Messages messages, String protocol) throws InterruptedException {
        expectVersion(messages);
        String answer = messages.read();
        if (!answer.equals(protocol)) {
            throw new NegotiationFailure(
                    answer.equals(NOT_AVAILABLE) ? Kind.NOT_SUPPORTED : Kind.MALFORMED,
                    "the other side does not speak " + protocol);
        }
    }

    /**
     * Answers proposals until one is among {@code supported}, and returns that one.
     *
     * @param supported in an order of their own, in which they are listed to a dialer that asks for them
     * @throws NegotiationFailure of any kind but NOT_SUPPORTED; ENDED also when the dialer gave up
     */
    public static String answer(Connection connection, Collection<String> supported) throws InterruptedException {
        Messages messages = new Messages(connection);
        expectVersion(messages);
        messages.write(VERSION);
        for (int i = 0; i < PROPOSALS_MAX; i++) {
            String proposal = messages.read();
            if (supported.contains(proposal)) {
                messages.write(proposal);
                return proposal;
            }
            if (proposal.equals(LIST)) {
                messages.writeList(new ArrayList<>(supported));
            } else {
                messages.write(NOT_AVAILABLE);
            }
        }
        throw new NegotiationFailure(Kind.TOO_MANY_PROPOSALS, PROPOSALS_MAX + " proposals, none of them supported");
    }

    private static void expectVersion(Messages messages) throws InterruptedException {
        if (!messages.read().equals(VERSION)) {
            throw new NegotiationFailure(Kind.MALFORMED, "not " + VERSION);
        }
    }
}
