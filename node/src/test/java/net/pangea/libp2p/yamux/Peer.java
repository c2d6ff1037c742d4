package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;

/** The other side of a multiplexer, spoken by a test frame by frame: it listens, so the test's streams are even. */
final class Peer {
    final Multiplexer multiplexer;

    Peer(YamuxLimits limits) {
        this(limits, new UnreadBudget(limits.unreadBytes()));
    }

    Peer(YamuxLimits limits, UnreadBudget budget) {
        this.multiplexer = new Multiplexer("test", true, limits, budget, () -> {}, () -> {});
    }

    Peer() {
        this(YamuxLimits.DEFAULT);
    }

    /** Sends a frame, with so many bytes of data if it is one of data. */
    void sends(Frame frame) {
        int data = frame.type() == FrameType.DATA ? (int) frame.length() : 0;
        ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES + data);
        frame.encode(bytes);
        multiplexer.receive(bytes.clear());
        assertThat(bytes.hasRemaining()).isFalse();
    }

    /** Sends a frame of data without its data. */
    void sendsHeader(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES);
        frame.encode(bytes);
        multiplexer.receive(bytes.flip());
    }

    /** Sends data of a frame whose header was sent. */
    void sendsBytes(int count) {
        multiplexer.receive(ByteBuffer.allocate(count));
    }

    void sendsData(int flags, int stream, int length) {
        sends(new Frame(FrameType.DATA, flags, stream, length));
    }

    void sendsUpdate(int flags, int stream, long length) {
        sends(new Frame(FrameType.WINDOW_UPDATE, flags, stream, length));
    }

    MuxStream opens(int stream) {
        sendsUpdate(Frame.SYN, stream, 0);
        return Objects.requireNonNull(multiplexer.accept());
    }

    void breaksTheProtocol(Reason reason, Frame frame) {
        assertThatThrownBy(() -> sends(frame))
                .isInstanceOfSatisfying(
                        YamuxFailure.class,
                        failure -> assertThat(failure.end().reason()).isEqualTo(reason));
    }

    /** {@return the frames that the multiplexer sends now, without their data} */
    List<Frame> gets() {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer batch = multiplexer.outgoing().take();
        while (batch != null) {
            while (batch.hasRemaining()) {
                Frame frame = Frame.decode(batch);
                frames.add(frame);
                batch.position(batch.position() + (frame.type() == FrameType.DATA ? (int) frame.length() : 0));
            }
            multiplexer.outgoing().recycle(batch);
            batch = multiplexer.outgoing().take();
        }
        return frames;
    }
}
