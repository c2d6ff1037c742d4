package net.pangea.libp2p;

import java.time.Duration;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;

/** Round trips to a peer, one at a time. */
public final class Pinging implements AutoCloseable {
    private final Stream stream;
    private final Clock clock;
    private final RandomStream random;
    private final Duration patience;

    Pinging(Stream stream, Clock clock, RandomStream random, Duration patience) {
        this.stream = stream;
        this.clock = clock;
        this.random = random;
        this.patience = patience;
    }

    /**
     * {@return how long one round trip took}
     *
     * @throws HostFailure LOST if nothing comes back in time, or something else than was sent
     */
    public Duration once() throws InterruptedException {
        try {
            return clock.within(patience, () -> Ping.once(stream, clock, random));
        } catch (NetworkFailure | DeadlineExceeded | MalformedBytes e) {
            stream.reset();
            throw new HostFailure(Kind.LOST, "no ping from " + stream.peer() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
