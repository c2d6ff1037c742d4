package net.pangea.machine.system;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.NetworkFailure;

/** A listening TCP socket. Any number of tasks may accept. */
final class SystemListener implements Listener {
    /** A burst of a full routing table's peers; beyond it the kernel drops the handshake and the peer tries again. */
    static final int BACKLOG = 256;

    /** When the process has no socket left, connections wait in the backlog until one is free. */
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Poller poller;
    private final ServerSocketChannel channel;
    private final Watch watch;
    private final Endpoint local;
    private final AtomicBoolean closed = new AtomicBoolean();

    SystemListener(Poller poller, ServerSocketChannel channel, Watch watch) throws IOException {
        this.poller = poller;
        this.channel = channel;
        this.watch = watch;
        this.local = Addresses.toEndpoint(channel.getLocalAddress());
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Connection accept() throws InterruptedException {
        Interrupts.check();
        while (true) {
            try {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    watch.await(SelectionKey.OP_ACCEPT);
                } else {
                    Optional<Connection> connection = take(accepted);
                    if (connection.isPresent()) {
                        return connection.get();
                    }
                }
            } catch (ClosedChannelException e) {
                throw NetworkFailures.failure(NetworkFailure.Kind.CLOSED, "accept at " + local, e);
            } catch (IOException e) {
                Thread.sleep(RETRY);
            }
            if (closed.get()) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "accept at " + local);
            }
        }
    }

    /** {@return the connection, or nothing if it broke before it was accepted} */
    private Optional<Connection> take(SocketChannel accepted) throws ClosedChannelException {
        boolean taken = false;
        try {
            Watch accepting = poller.watch(accepted);
            Connection connection = SystemConnection.of(poller, accepted, accepting);
            taken = true;
            return Optional.of(connection);
        } catch (ClosedChannelException e) {
            throw e; // the machine has left
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            if (!taken) {
                poller.close(accepted, true);
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            watch.closed();
            poller.closeAndWait(channel);
        }
    }
}
