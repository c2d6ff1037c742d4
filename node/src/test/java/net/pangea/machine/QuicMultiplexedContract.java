package net.pangea.machine;

import java.time.Duration;

/** {@link MultiplexedContract} on QUIC. */
public abstract class QuicMultiplexedContract extends MultiplexedContract {
    /** Windows so small that a writer soon waits; notices silence within a second or a little more. */
    private static final QuicSettings SETTINGS = QuicSettings.DEFAULT
            .withWindows(1 << 18, 1 << 20)
            .withTimes(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(5));

    /** From when this returns, neither end of {@code pair} hears of the other. */
    protected abstract void silence(Machine a, Machine b, QuicPair pair) throws InterruptedException;

    @Override
    protected final MultiplexedPair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        QuicPair pair = QuicPair.connect(fixture, a, b, SETTINGS);
        Runnable silence = () -> {
            try {
                silence(a, b, pair);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        return new MultiplexedPair(pair.near(), pair.far(), pair.tasks(), silence, pair.nearSocket()::close);
    }

    @Override
    protected final Duration silenceMax() {
        return Duration.ofSeconds(3);
    }

    /** A stream without bytes is not a frame (RFC 9000, section 2.2). */
    @Override
    protected final boolean opensAtOnce() {
        return false;
    }
}
