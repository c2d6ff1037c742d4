package net.pangea.protocol;

import java.time.Duration;
import java.util.Optional;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Network;

/**
 * A connection that carries a client's messages, at either end. One task at a time; after any failure it is good for
 * nothing but {@link #close}. Failures are those of {@link MessageChannel}.
 */
public final class ClientChannel implements AutoCloseable {
    private final MessageChannel<ClientMessage> channel;

    private ClientChannel(MessageChannel<ClientMessage> channel) {
        this.channel = channel;
    }

    /** Opens a channel to a node. */
    public static ClientChannel dial(Network network, Clock clock, Deadlines deadlines, Endpoint node)
            throws InterruptedException {
        return new ClientChannel(
                MessageChannel.dial(network, clock, deadlines, node, ClientPreamble.bytes(), new ClientCodec()));
    }

    /**
     * {@return the channel over a connection that was accepted; it closes the connection}
     *
     * @param connection its preamble has been read, by {@link ClientPreamble#isNext}
     */
    public static ClientChannel accepted(Connection connection, Clock clock, Deadlines deadlines) {
        return new ClientChannel(MessageChannel.over(connection, clock, deadlines, new ClientCodec()));
    }

    public Endpoint remote() {
        return channel.remote();
    }

    /** {@return the size in bytes of the message that was sent} Returning means that it is on its way. */
    public int send(ClientMessage message) throws InterruptedException {
        return channel.send(message);
    }

    /**
     * Waits for a message.
     *
     * @param patience for its first byte
     */
    public ClientMessage receive(Duration patience) throws InterruptedException {
        return channel.receive(patience);
    }

    /** Waits for a message, or for the end of the other side's output. */
    public Optional<ClientMessage> next(Duration patience) throws InterruptedException {
        return channel.next(patience);
    }

    @Override
    public void close() {
        channel.close();
    }
}
