package net.pangea.protocol;

import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Message.PeerRequest;
import net.pangea.protocol.ProtocolFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Asks one peer, over one connection that is opened when first needed and kept until {@link #close} or a
 * failure. A connection that turns out to have been closed meanwhile (the peer restarted, or found it idle) is
 * replaced once; requests may be repeated. One task at a time.
 */
public final class PeerLink implements AutoCloseable {
    private final Network network;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Peer peer;
    private @Nullable FrameChannel open;

    public PeerLink(Network network, Clock clock, Deadlines deadlines, Peer peer) {
        this.network = network;
        this.clock = clock;
        this.deadlines = deadlines;
        this.peer = peer;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws PeerFailure if there is none
     */
    public PeerReply ask(PeerRequest request) throws InterruptedException {
        try {
            FrameChannel kept = open;
            if (kept != null) {
                try {
                    return exchange(kept, request);
                } catch (NetworkFailure e) {
                    close();
                } catch (ProtocolFailure e) {
                    close();
                    if (e.kind() != Kind.ENDED) {
                        throw e;
                    }
                }
            }
            FrameChannel fresh = FrameChannel.dial(network, clock, deadlines, peer.endpoint());
            open = fresh;
            return exchange(fresh, request);
        } catch (NetworkFailure | ProtocolFailure | DeadlineExceeded e) {
            throw new PeerFailure(peer, e);
        }
    }

    private PeerReply exchange(FrameChannel channel, PeerRequest request) throws InterruptedException {
        boolean answered = false;
        try {
            int sent = channel.send(request);
            Message reply = channel.receive(deadlines.replyAfter(sent));
            if (!(reply instanceof PeerReply peerReply)) {
                throw new ProtocolFailure(
                        Kind.UNEXPECTED, "answers with " + reply.getClass().getSimpleName());
            }
            answered = true;
            return peerReply;
        } finally {
            if (!answered) {
                close(); // whatever still comes would be taken for the answer to the next request
            }
        }
    }

    /** Closes the connection, if one is open; the next request opens another. */
    @Override
    public void close() {
        FrameChannel channel = open;
        open = null;
        if (channel != null) {
            channel.close();
        }
    }
}
