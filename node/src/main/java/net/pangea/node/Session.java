package net.pangea.node;

import java.util.Optional;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.ClientChannel;
import net.pangea.protocol.Conversation;
import net.pangea.protocol.PeerChannel;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.ProtocolFailure;

/**
 * One connection that was accepted, of a peer or of a client, until it ends, is idle for too long, or breaks the
 * protocol. Nothing that happens here reaches other connections.
 */
final class Session {
    /** Answers a peer after its patience for hedging has ended. */
    private static final String REPLY_LATE = "node.reply-late";

    private final Connection connection;
    private final NodeServices services;

    Session(Connection connection, NodeServices services) {
        this.connection = connection;
        this.services = services;
    }

    /** Serves until the end, and closes the connection. */
    void run() throws InterruptedException {
        try {
            Optional<Conversation> kind = Conversation.of(connection, services.clock(), services.deadlines());
            if (kind.isPresent()) {
                switch (kind.get()) {
                    case PEER -> servePeer();
                    case CLIENT ->
                        new ClientSession(
                                        ClientChannel.accepted(connection, services.clock(), services.deadlines()),
                                        services)
                                .run();
                }
            }
        } catch (NetworkFailure | DeadlineExceeded e) {
            return; // gone or silent: its own business
        } catch (ProtocolFailure e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            reject("failed with " + e); // a defect: the connection ends, the node goes on
        } finally {
            connection.close();
        }
    }

    private void reject(String reason) {
        services.events()
                .emit(new NodeEvent.ConnectionRejected(connection.remote().toString(), reason));
    }

    private void servePeer() throws InterruptedException {
        try (PeerChannel channel = new PeerChannel(connection, services.clock(), services.deadlines())) {
            Optional<PeerMessage.Request> request = channel.next();
            while (request.isPresent()) {
                channel.reply(answer(request.get()));
                request = channel.next();
            }
        }
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
