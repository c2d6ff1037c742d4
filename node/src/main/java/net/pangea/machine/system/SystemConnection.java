package net.pangea.machine.system;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;

/**
 * A TCP connection on a non-blocking channel. The kernel's buffers are the bound in both directions.
 *
 * <p>May be closed and reset by any task while others read and write.
 */
final class SystemConnection implements Connection {
    /** The JDK copies heap buffers through one of its own, as large as the transfer. */
    private static final int TRANSFER_BYTES = 1 << 18;

    private enum State {
        OPEN,
        CLOSED,
        RESET
    }

    private final Poller poller;
    private final SocketChannel channel;
    private final Watch watch;
    private final Endpoint local;
    private final Endpoint remote;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private volatile boolean outputEnded;
    private volatile boolean inputEnded;
    private volatile boolean midWrite;

    private SystemConnection(Poller poller, SocketChannel channel, Watch watch) throws IOException {
        this.poller = poller;
        this.channel = channel;
        this.watch = watch;
        this.local = Addresses.toEndpoint(channel.getLocalAddress());
        this.remote = Addresses.toEndpoint(channel.getRemoteAddress());
    }

    /** {@return the connection on a connected channel that is watched} */
    static SystemConnection of(Poller poller, SocketChannel channel, Watch watch) throws IOException {
        // Whoever frames messages writes them whole; waiting for more would only add a round trip.
        SocketChannel _ = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new SystemConnection(poller, channel, watch);
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        if (!target.hasRemaining()) {
            return 0;
        }
        Interrupts.check();
        while (true) {
            int count = readNow(target);
            if (count != 0) {
                return count;
            }
            watch.await(SelectionKey.OP_READ);
        }
    }

    private int readNow(ByteBuffer target) {
        requireOpen("read from ");
        ByteBuffer piece = piece(target);
        try {
            int count = channel.read(piece);
            target.position(target.position() + Math.max(0, count));
            if (count < 0) {
                inputEnded = true;
            }
            return count;
        } catch (IOException e) {
            throw NetworkFailures.streaming("read from " + remote, e);
        }
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        Interrupts.check();
        int start = source.position();
        boolean done = false;
        try {
            writeAll(source);
            done = true;
        } finally {
            midWrite = false;
            if (!done && source.position() > start) {
                reset(); // the other side could not tell where the next message begins
            }
        }
    }

    private void writeAll(ByteBuffer source) throws InterruptedException {
        while (source.hasRemaining()) {
            if (writeNow(source) == 0) {
                watch.await(SelectionKey.OP_WRITE);
            } else {
                midWrite = source.hasRemaining();
            }
        }
    }

    private int writeNow(ByteBuffer source) {
        requireOpen("write to ");
        if (outputEnded) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "write to " + remote);
        }
        try {
            int count = channel.write(piece(source));
            source.position(source.position() + count);
            return count;
        } catch (IOException e) {
            throw NetworkFailures.streaming("write to " + remote, e);
        }
    }

    private static ByteBuffer piece(ByteBuffer buffer) {
        return buffer.slice(buffer.position(), Math.min(buffer.remaining(), TRANSFER_BYTES));
    }

    private void requireOpen(String verb) {
        if (state.get() != State.OPEN) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, verb + remote);
        }
    }

    @Override
    public void closeOutput() {
        if (midWrite) {
            reset(); // a message cut short must not look like the end
            return;
        }
        if (state.get() == State.OPEN && !outputEnded) {
            outputEnded = true;
            try {
                SocketChannel _ = channel.shutdownOutput();
            } catch (IOException e) {
                reset(); // broken already; reads say how
            }
        }
    }

    @Override
    public void reset() {
        if (state.getAndSet(State.RESET) != State.RESET) {
            watch.closed();
            poller.close(channel, true);
        }
    }

    @Override
    public void close() {
        if (midWrite) {
            reset(); // as above
        } else if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            watch.closed();
            if (inputEnded) {
                poller.close(channel, false);
            } else {
                poller.closeGently(channel, watch.key());
            }
        }
    }
}
