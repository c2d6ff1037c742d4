package net.pangea.protocol;

import java.time.Duration;
import java.util.Optional;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Network;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * A connection that carries a client's messages, at either end. One task at a time; after any failure it is good for
 * nothing but {@link #close}.
 *
 * <p>Failures are those of {@link FrameChannel}.
 */
public final class ClientChannel implements AutoCloseable {
    private final FrameChannel frames;
    private final ClientCodec codec = new ClientCodec();

    private ClientChannel(FrameChannel frames) {
        this.frames = frames;
    }

    /** Opens a channel to a node. */
    public static ClientChannel dial(Network network, Clock clock, Deadlines deadlines, Endpoint node)
            throws InterruptedException {
        return new ClientChannel(FrameChannel.dial(network, clock, deadlines, node));
    }

    /** {@return the channel over a connection that was accepted; it closes the connection} */
    public static ClientChannel accepted(Connection connection, Clock clock, Deadlines deadlines) {
        return new ClientChannel(FrameChannel.accepted(connection, clock, deadlines));
    }

    public Endpoint remote() {
        return frames.remote();
    }

    /** {@return the size in bytes of the message that was sent} Returning means that it is on its way. */
    public int send(ClientMessage message) throws InterruptedException {
        return frames.sendFrame(codec.encode(message));
    }

    /**
     * Waits for a message.
     *
     * @param patience for its first byte
     */
    public ClientMessage receive(Duration patience) throws InterruptedException {
        return next(patience)
                .orElseThrow(() -> new ProtocolFailure(Kind.ENDED, "the connection ended before the answer"));
    }

    /** Waits for a message, or for the end of the other side's output. */
    public Optional<ClientMessage> next(Duration patience) throws InterruptedException {
        return frames.nextFrame(patience).map(codec::decode);
    }

    @Override
    public void close() {
        frames.close();
    }
}
