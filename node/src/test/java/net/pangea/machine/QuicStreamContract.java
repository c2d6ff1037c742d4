package net.pangea.machine;

/** {@link StreamContract} on a stream of QUIC. */
public abstract class QuicStreamContract extends StreamContract {
    /** Small, so that a writer soon waits. */
    private static final QuicSettings SETTINGS = QuicSettings.DEFAULT.withWindows(1 << 18, 1 << 20);

    @Override
    protected final Pair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        QuicPair pair = QuicPair.connect(fixture, a, b, SETTINGS);
        Pair stream = pair.stream();
        return new Pair(stream.near(), stream.far(), pair.tasks(), pair.nearSocket()::close);
    }
}
