package net.pangea.machine.system;

import io.netty.handler.codec.quic.QuicChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import net.pangea.machine.Endpoint;
import net.pangea.machine.QuicSettings;

/** All connections of one socket, in their handshake too. On the socket's loop only. */
final class QuicConnections {
    private final QuicSettings settings;
    private final Set<SystemQuicConnection> all = new LinkedHashSet<>();
    private boolean closed;

    QuicConnections(QuicSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes the connection of a channel that is new.
     *
     * @param onActive told when its handshake is done
     */
    SystemQuicConnection add(
            QuicChannel channel, Endpoint local, Endpoint remote, Consumer<SystemQuicConnection> onActive) {
        SystemQuicConnection connection =
                new SystemQuicConnection(channel, local, remote, settings.keepAlive(), onActive);
        boolean _ = all.add(connection);
        var _ = channel.closeFuture().addListener(_ -> all.remove(connection));
        if (closed) {
            connection.closeNow();
        }
        return connection;
    }

    void closeAll() {
        closed = true;
        new ArrayList<>(all).forEach(SystemQuicConnection::closeNow);
    }
}
