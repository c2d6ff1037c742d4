package net.pangea.libp2p.security;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;

/** A connection whose other side says what is written here, in pieces, and then ends; it keeps what it is told. */
public final class ScriptedConnection implements Connection {
    private static final Endpoint PEER = new Endpoint(IpAddress.of(10, 0, 0, 1), 4001);

    private final Bytes script;
    private final int pieceBytes;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int position;
    private int interruptAt = -1;
    private boolean gone;
    private boolean reset;
    private boolean outputEnded;

    /** @param pieceBytes a read gives so many bytes at most */
    public ScriptedConnection(Bytes script, int pieceBytes) {
        this.script = script;
        this.pieceBytes = pieceBytes;
    }

    public static ScriptedConnection of(Bytes script) {
        return new ScriptedConnection(script, Integer.MAX_VALUE);
    }

    /** {@return what was written} */
    public Bytes written() {
        return Bytes.wrap(written.toByteArray());
    }

    /** {@return what was not read yet} */
    public Bytes rest() {
        return script.slice(position, script.size());
    }

    /** {@return how many bytes were read} */
    public int readBytes() {
        return position;
    }

    public boolean isReset() {
        return reset;
    }

    public boolean isOutputEnded() {
        return outputEnded;
    }

    /** The next write is interrupted once it has taken {@code bytes}. */
    public void interruptNextWriteAfter(int bytes) {
        interruptAt = bytes;
    }

    @Override
    public Endpoint local() {
        return PEER;
    }

    @Override
    public Endpoint remote() {
        return PEER;
    }

    @Override
    public int read(ByteBuffer target) {
        requireOpen();
        int count = Math.min(Math.min(pieceBytes, target.remaining()), script.size() - position);
        if (count == 0 && target.hasRemaining()) {
            return -1;
        }
        target.put(script.asBuffer().slice(position, count));
        position += count;
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        requireOpen();
        int count = interruptAt < 0 ? source.remaining() : interruptAt;
        for (int i = 0; i < count; i++) {
            written.write(source.get());
        }
        if (interruptAt >= 0) {
            interruptAt = -1;
            if (count > 0) {
                reset();
            }
            throw new InterruptedException();
        }
    }

    private void requireOpen() {
        if (gone) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "use a connection that is gone");
        }
    }

    @Override
    public void closeOutput() {
        outputEnded = true;
    }

    @Override
    public void reset() {
        reset |= !gone;
        gone = true;
    }

    @Override
    public void close() {
        gone = true;
    }
}
