package net.pangea.machine.system;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
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
    private volatile boolean inputEnded;

    // Held for one non-blocking call at most, so that who ends the output knows whether it cuts a write.
    private final ReentrantLock output = new ReentrantLock();
    // Guarded by output.
    private boolean midWrite;
    private boolean outputEnded;

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
            if (!done && source.position() > start) {
                reset(); // the other side could not tell where the next message begins
            }
        }
    }

    private void writeAll(ByteBuffer source) throws InterruptedException {
        while (source.hasRemaining()) {
            if (writeNow(source) == 0) {
                watch.await(SelectionKey.OP_WRITE);
            }
        }
    }

    private int writeNow(ByteBuffer source) {
        output.lock();
        try {
            requireOpen("write to ");
            if (outputEnded) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "write to " + remote);
            }
            int count = channel.write(piece(source));
            source.position(source.position() + count);
            midWrite = source.hasRemaining() && (midWrite || count > 0);
            return count;
        } catch (IOException e) {
            throw NetworkFailures.streaming("write to " + remote, e);
        } finally {
            output.unlock();
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
        if (!endOutput()) {
            reset();
        }
    }

    /** {@return whether the output has ended well: no write was cut, and the connection was not broken before} */
    private boolean endOutput() {
        output.lock();
        try {
            if (state.get() != State.OPEN || outputEnded) {
                return true;
            }
            if (midWrite) {
                return false; // a message cut short must not look like the end
            }
            outputEnded = true;
            SocketChannel _ = channel.shutdownOutput();
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            output.unlock();
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
        if (state.get() == State.OPEN && !endOutput()) {
            reset();
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
