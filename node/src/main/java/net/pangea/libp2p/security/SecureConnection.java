package net.pangea.libp2p.security;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;

/**
 * A connection whose bytes travel as {@link Records} on another connection, which it takes over.
 *
 * <p>A record that is altered, and a stream that ends inside a record, break the connection: it is reset, and calls fail with
 * RESET. The end of the stream itself is not authenticated: who can cut the wire can end the stream between two records, and
 * what runs above has a farewell of its own.
 *
 * <p>Memory: while nothing is under way it holds a buffer of {@value RecordInput#IDLE_BYTES} bytes if a task reads, else
 * none; up to a record each way otherwise.
 */
public final class SecureConnection implements Connection {
    private enum State {
        OPEN,
        /** Closed or reset by this side. */
        CLOSED,
        /** Reset because of what came, or because nothing more can be sent. */
        BROKEN
    }

    private final Connection inner;
    private final Records records;
    private final RecordInput input;
    private volatile State state = State.OPEN;

    // Held for moments only, so that who ends the output knows whether it cuts a write.
    private final ReentrantLock output = new ReentrantLock();
    // Guarded by output.
    private boolean midWrite;
    private boolean outputEnded;

    /** Takes over {@code inner}, on which the next byte of both directions is the first of a record. */
    public SecureConnection(Connection inner, Records records) {
        this.inner = inner;
        this.records = records;
        this.input = new RecordInput(inner, records);
    }

    @Override
    public Endpoint local() {
        return inner.local();
    }

    @Override
    public Endpoint remote() {
        return inner.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        if (!target.hasRemaining()) {
            return 0;
        }
        checkInterrupt();
        requireOpen("read from ");
        try {
            return input.read(target);
        } catch (SecurityFailure e) {
            throw broken("read from ", e);
        }
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        checkInterrupt();
        if (!source.hasRemaining()) {
            return;
        }
        int start = source.position();
        boolean done = false;
        try {
            writeAll(source);
            done = true;
        } catch (SecurityFailure e) {
            throw broken("write to ", e);
        } finally {
            endWrite();
            if (!done && source.position() > start) {
                reset(); // the other side could not tell where the next message begins
            }
        }
    }

    /** One buffer for all records of a write: the first is the longest. */
    private void writeAll(ByteBuffer source) throws InterruptedException {
        byte[] space = new byte[records.sealedMaxBytes(Math.min(source.remaining(), records.plaintextMaxBytes()))];
        for (boolean begun = false; source.hasRemaining(); begun = true) {
            beginRecord(begun || source.remaining() > records.plaintextMaxBytes());
            ByteBuffer piece =
                    source.slice(source.position(), Math.min(source.remaining(), records.plaintextMaxBytes()));
            ByteBuffer record = ByteBuffer.wrap(space, 0, records.seal(piece, space));
            boolean sent = false;
            try {
                inner.write(record);
                sent = true;
            } finally {
                boolean lost = !sent && (record.position() > 0 || !records.takeBack());
                if (sent || lost) {
                    source.position(source.position() + piece.position());
                }
                if (lost) {
                    reset(); // the other side would miss that record
                }
            }
        }
    }

    /** @param partial whether the record is not all of a write: the end of the output then cuts that, even between records */
    private void beginRecord(boolean partial) {
        output.lock();
        try {
            requireOpen("write to ");
            if (outputEnded) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "write to " + remote());
            }
            midWrite = partial;
        } finally {
            output.unlock();
        }
    }

    private void endWrite() {
        output.lock();
        try {
            midWrite = false;
        } finally {
            output.unlock();
        }
    }

    private void requireOpen(String verb) {
        switch (state) {
            case OPEN -> {}
            case CLOSED -> throw new NetworkFailure(NetworkFailure.Kind.CLOSED, verb + remote());
            case BROKEN -> throw new NetworkFailure(NetworkFailure.Kind.RESET, verb + remote());
        }
    }

    private NetworkFailure broken(String verb, SecurityFailure cause) {
        if (state == State.OPEN) {
            state = State.BROKEN;
            inner.reset();
        }
        return new NetworkFailure(NetworkFailure.Kind.RESET, verb + remote() + ", " + cause.getMessage());
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void closeOutput() {
        if (endOutput()) {
            inner.closeOutput();
        } else {
            reset();
        }
    }

    /** {@return whether the output has ended well: no write was cut between two of its records} */
    private boolean endOutput() {
        output.lock();
        try {
            outputEnded |= !midWrite;
            return outputEnded;
        } finally {
            output.unlock();
        }
    }

    @Override
    public void reset() {
        if (state != State.BROKEN) {
            state = State.CLOSED;
        }
        inner.reset();
    }

    @Override
    public void close() {
        if (state == State.OPEN) {
            if (endOutput()) {
                state = State.CLOSED;
            } else {
                reset();
            }
        }
        inner.close();
    }
}
