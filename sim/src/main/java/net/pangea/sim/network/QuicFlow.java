package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import org.jspecify.annotations.Nullable;

/** One direction of a stream of QUIC: what is under way may overtake, and is taken in order. */
final class QuicFlow {
    private final SimQuicStream sender;
    private final SimQuicStream receiver;
    private final Deque<Piece> underWay = new ArrayDeque<>();
    private @Nullable Consumer<ByteBuffer> line;
    private boolean aborted;

    QuicFlow(SimQuicStream sender, SimQuicStream receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    SimQuicStream receiver() {
        return receiver;
    }

    void send(ByteBuffer bytes) {
        transmit(new Piece(bytes));
    }

    void sendEnd() {
        transmit(new Piece(null));
    }

    /** {@return how many bytes under way are dropped, as is all that comes} */
    long abort() {
        aborted = true;
        long bytes = underWay.stream().mapToLong(Piece::size).sum();
        underWay.clear();
        return bytes;
    }

    private void transmit(Piece piece) {
        underWay.add(piece);
        sender.connection().send(piece.size(), () -> arrived(piece));
    }

    private void arrived(Piece piece) {
        piece.arrived = true;
        Piece head = underWay.peek();
        while (head != null && head.arrived) {
            underWay.remove();
            deliver(head.bytes);
            head = underWay.peek();
        }
    }

    private void deliver(@Nullable ByteBuffer bytes) {
        if (aborted) {
            return;
        }
        Simulation simulation = sender.connection().simulation();
        simulation
                .trace()
                .record(
                        simulation.now(),
                        Trace.Kind.QUIC_DELIVERED,
                        receiver.connection().stack().nic().number(),
                        sender.connection().stack().nic().number(),
                        receiver.id(),
                        bytes == null ? ByteBuffer.allocate(0) : bytes);
        if (bytes == null) {
            receiver.acceptEnd();
        } else {
            heard(bytes);
            receiver.accept(bytes);
        }
    }

    private void heard(ByteBuffer bytes) {
        if (line == null) {
            SimQuicConnection near = sender.connection();
            Nic to = receiver.connection().stack().nic();
            line = near.stack().fabric().line(near.stack().nic(), to);
        }
        if (line != null) {
            line.accept(bytes.asReadOnlyBuffer());
        }
    }

    /** Bytes under way; none means the end of the stream. */
    private static final class Piece {
        private final @Nullable ByteBuffer bytes;
        private boolean arrived;

        Piece(@Nullable ByteBuffer bytes) {
            this.bytes = bytes;
        }

        int size() {
            return bytes == null ? 0 : bytes.remaining();
        }
    }
}
