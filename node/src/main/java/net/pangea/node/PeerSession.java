package net.pangea.node;

import java.util.Optional;
import net.pangea.libp2p.Stream;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.PeerChannel;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.ProtocolFailure;

/**
 * One stream over which a peer asks, until it ends, is idle for too long, or breaks the protocol. Nothing that happens here
 * reaches other streams.
 */
final class PeerSession {
    /** Answers a peer after its patience for hedging has ended. */
    private static final String REPLY_LATE = "node.reply-late";

    private final Stream stream;
    private final NodeServices services;

    PeerSession(Stream stream, NodeServices services) {
        this.stream = stream;
        this.services = services;
    }

    /** Serves until the end. */
    void run() throws InterruptedException {
        try (PeerChannel channel =
                new PeerChannel(stream, services.clock(), services.deadlines(), services.arrivals())) {
            Optional<PeerMessage.Request> request = channel.next();
            while (request.isPresent()) {
                channel.reply(answer(request.get()));
                request = channel.next();
            }
        } catch (NetworkFailure | DeadlineExceeded e) {
            return; // gone or silent: its own business
        } catch (ProtocolFailure e) {
            services.host().count("stream " + nameOf(e.kind()));
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            services.host().count("stream failed here");
            reject("failed with " + e); // a defect: the stream ends, the node goes on
        }
    }

    private static String nameOf(ProtocolFailure.Kind kind) {
        return switch (kind) {
            case MALFORMED, WRONG_VERSION -> "malformed";
            case TOO_LARGE -> "with a message too large";
            case CROWDED_OUT -> "too slow while memory was short";
            case ENDED -> "ended inside a message";
            case UNEXPECTED -> "with a message out of turn";
        };
    }

    private void reject(String reason) {
        services.events().emit(new NodeEvent.ConnectionRejected(stream.peer() + " at " + stream.remote(), reason));
    }

    private PeerMessage.Reply answer(PeerMessage.Request request) throws InterruptedException {
        if (services.faults().fires(REPLY_LATE)) {
            services.clock().sleep(services.deadlines().hedge().multipliedBy(2));
        }
        try {
            return services.holder().answer(request);
        } catch (DiskFailure e) {
            return new Refused(Refusal.NODE_BROKEN, String.valueOf(e.getMessage()));
        }
    }
}
