package net.pangea.libp2p.multistream;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;

/**
 * A stream whose dialer has not waited for the other side to agree: the proposal goes out with the first bytes that are
 * written, and the answer to it is read before the first bytes that are (multistream-select, "lazy"). For a protocol that the
 * other side is known to speak; where it does not after all, the first read fails.
 */
final class Proposed implements Connection {
    /** What goes out together with the proposal; one packet's worth, to be copied. */
    private static final int TOGETHER_BYTES_MAX = 1_200;

    private final Connection bytes;
    private final String protocol;
    private final Consumer<Multistream.Closing> later;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean sent; // set with writing held
    private volatile boolean agreed; // set with reading held
    private volatile boolean ended;

    Proposed(Connection bytes, String protocol, Consumer<Multistream.Closing> later) {
        this.bytes = bytes;
        this.protocol = protocol;
        this.later = later;
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        if (!agreed) {
            agree();
        }
        return bytes.read(target);
    }

    private void agree() throws InterruptedException {
        if (!sent) {
            write(ByteBuffer.allocate(0));
        }
        reading.lockInterruptibly();
        try {
            if (!agreed) {
                Multistream.expect(new Messages(bytes), protocol);
                agreed = true;
            }
        } catch (NegotiationFailure e) {
            bytes.reset();
            throw new NetworkFailure(NetworkFailure.Kind.RESET, "agreement on " + protocol + ": " + e.getMessage());
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        if (sent) {
            bytes.write(source);
            return;
        }
        writing.lockInterruptibly(); // others' bytes come after the proposal
        try {
            if (!sent) {
                Bytes proposal = Multistream.proposal(protocol);
                int more = Math.min(source.remaining(), TOGETHER_BYTES_MAX);
                ByteBuffer first = ByteBuffer.allocate(proposal.size() + more)
                        .put(proposal.asBuffer())
                        .put(source.slice(source.position(), more))
                        .flip();
                source.position(source.position() + more);
                bytes.write(first);
                sent = true;
                if (ended) {
                    bytes.closeOutput();
                }
            }
        } finally {
            writing.unlock();
        }
        if (source.hasRemaining()) {
            bytes.write(source);
        }
    }

    /** Before anything was written, the end goes out with the proposal, which the first read sends. */
    @Override
    public void closeOutput() {
        ended = true;
        if (sent) {
            bytes.closeOutput();
        }
    }

    @Override
    public Endpoint local() {
        return bytes.local();
    }

    @Override
    public Endpoint remote() {
        return bytes.remote();
    }

    @Override
    public void reset() {
        bytes.reset();
    }

    /**
     * Where nothing was read, the answer to the proposal is still on its way: to close before it comes would make the other
     * side's answer fail, and with it whatever was sent.
     */
    @Override
    public void close() {
        if (!sent) {
            bytes.reset(); // nobody was told what it is for
        } else if (agreed) {
            bytes.close();
        } else {
            bytes.closeOutput();
            later.accept(this::agreeAndClose);
        }
    }

    private void agreeAndClose() throws InterruptedException {
        try {
            agree();
        } catch (NetworkFailure e) {
            // Who has closed it does not wait for an answer.
        } finally {
            bytes.close();
        }
    }
}
