package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;

class FrameTest {

    private static String hex(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(Frame.BYTES);
        frame.encode(out);
        return HexFormat.of().formatHex(out.array());
    }

    private static Frame frame(String hex) {
        return Frame.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Example
    void headers_are_twelve_bytes_big_endian() {
        // version, type, flags, stream, length, as the specification lays them out
        assertThat(hex(new Frame(FrameType.DATA, Frame.SYN, 1, 5))).isEqualTo("000000010000000100000005");
        assertThat(hex(new Frame(FrameType.WINDOW_UPDATE, Frame.ACK, 2, 256 << 10)))
                .isEqualTo("000100020000000200040000");
        assertThat(hex(new Frame(FrameType.DATA, Frame.FIN, 3, 0))).isEqualTo("000000040000000300000000");
        assertThat(hex(new Frame(FrameType.WINDOW_UPDATE, Frame.RST, 0x01020304, 0)))
                .isEqualTo("000100080102030400000000");
        assertThat(hex(new Frame(FrameType.PING, Frame.SYN, 0, 0xdeadbeefL))).isEqualTo("0002000100000000deadbeef");
        assertThat(hex(new Frame(FrameType.GO_AWAY, 0, 0, 1))).isEqualTo("000300000000000000000001");
        assertThat(frame("000000050000000700000005")).isEqualTo(new Frame(FrameType.DATA, Frame.SYN | Frame.FIN, 7, 5));
    }

    @Property
    void a_frame_survives_its_encoding(
            @ForAll FrameType type,
            @ForAll @IntRange(max = 15) int flags,
            @ForAll int stream,
            @ForAll @LongRange(max = Frame.LENGTH_MAX) long length) {
        boolean ofSession = type == FrameType.PING || type == FrameType.GO_AWAY;
        int number = ofSession ? 0 : stream | 1;
        int fitting = type == FrameType.PING ? 1 + (flags & 1) : flags;
        Frame frame = new Frame(type, fitting, number, length);

        assertThat(frame(hex(frame))).isEqualTo(frame);
    }

    @Property
    void any_twelve_bytes_are_a_frame_or_a_named_failure(@ForAll @Size(Frame.BYTES) byte[] bytes) {
        bytes[0] &= 1; // else almost all would be of another version
        bytes[1] &= 7;
        bytes[2] &= 1;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            Frame frame = Frame.decode(in);

            assertThat(hex(frame)).isEqualTo(HexFormat.of().formatHex(bytes));
        } catch (YamuxFailure e) {
            assertThat(e.end().reason()).isIn(Reason.BAD_VERSION, Reason.BAD_TYPE, Reason.BAD_FLAGS, Reason.BAD_STREAM);
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    @Example
    void what_is_no_frame_is_named() {
        assertRefused("010000000000000100000000", Reason.BAD_VERSION);
        assertRefused("000400000000000100000000", Reason.BAD_TYPE);
        assertRefused("000000100000000100000000", Reason.BAD_FLAGS);
        assertRefused("000200000000000000000000", Reason.BAD_FLAGS);
        assertRefused("000200030000000000000000", Reason.BAD_FLAGS);
        assertRefused("000000000000000000000000", Reason.BAD_STREAM);
        assertRefused("000100010000000000000000", Reason.BAD_STREAM);
        assertRefused("000200010000000100000000", Reason.BAD_STREAM);
        assertRefused("000300000000000100000000", Reason.BAD_STREAM);
    }

    private static void assertRefused(String hex, Reason reason) {
        assertThatThrownBy(() -> frame(hex))
                .isInstanceOfSatisfying(
                        YamuxFailure.class,
                        failure -> assertThat(failure.end().reason()).isEqualTo(reason));
    }
}
