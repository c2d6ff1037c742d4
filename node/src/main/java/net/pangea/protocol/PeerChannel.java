package net.pangea.protocol;

import java.util.Optional;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * The answering side of a stream over which a node asks another: takes requests, one after the other, and gives each its
 * reply. One task at a time; failures as of {@link MessageChannel}.
 */
public final class PeerChannel implements AutoCloseable {
    private final MessageChannel<PeerMessage> channel;
    private final Deadlines deadlines;

    /**
     * Takes over a stream that a peer has opened for {@link PeerLinks#PROTOCOL}, and closes it in the end.
     *
     * @param arrivals among which its requests are
     */
    public PeerChannel(Connection connection, Clock clock, Deadlines deadlines, Arrivals arrivals) {
        this.channel = MessageChannel.over(connection, clock, deadlines, new PeerCodec(), arrivals);
        this.deadlines = deadlines;
    }

    public Endpoint remote() {
        return channel.remote();
    }

    /** {@return the next request; empty once the other side has ended} */
    public Optional<PeerMessage.Request> next() throws InterruptedException {
        Optional<PeerMessage> message = channel.next(deadlines.idle());
        return message.map(said -> switch (said) {
            case PeerMessage.Request request -> request;
            case PeerMessage.Reply reply ->
                throw new ProtocolFailure(
                        Kind.UNEXPECTED,
                        "a request expected, not " + reply.getClass().getSimpleName());
        });
    }

    /** Answers the request that was taken last. */
    public void reply(PeerMessage.Reply reply) throws InterruptedException {
        channel.done();
        int _ = channel.send(reply);
    }

    @Override
    public void close() {
        channel.close();
    }
}
