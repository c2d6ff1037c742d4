package net.pangea.node;

import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.ClientChannel;
import net.pangea.protocol.ClientPreamble;
import net.pangea.protocol.ProtocolFailure;

/**
 * One connection that was accepted where clients come to, until it ends, is idle for too long, or breaks the protocol.
 * Nothing that happens here reaches other connections.
 */
final class Session {
    private final Connection connection;
    private final NodeServices services;

    Session(Connection connection, NodeServices services) {
        this.connection = connection;
        this.services = services;
    }

    /** Serves until the end, and closes the connection. */
    void run() throws InterruptedException {
        try {
            if (ClientPreamble.isNext(connection, services.clock(), services.deadlines())) {
                new ClientSession(ClientChannel.accepted(connection, services.clock(), services.deadlines()), services)
                        .run();
            }
        } catch (NetworkFailure | DeadlineExceeded e) {
            return; // gone or silent: its own business
        } catch (ProtocolFailure e) {
            services.events()
                    .emit(new NodeEvent.ConnectionRejected(
                            connection.remote().toString(), String.valueOf(e.getMessage())));
        } finally {
            connection.close();
        }
    }
}
