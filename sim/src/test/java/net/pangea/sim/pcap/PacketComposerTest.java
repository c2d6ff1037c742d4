package net.pangea.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.machine.Endpoint;
import net.pangea.sim.pcap.PacketComposer.TcpFields;
import org.junit.jupiter.api.Test;

class PacketComposerTest {
    private static final Endpoint ONE = endpoint("10.0.0.1:49152");
    private static final Endpoint TWO = endpoint("10.0.0.2:4001");
    private static final Endpoint SIX = endpoint("[fd00::6]:4001");

    private final PacketComposer composer = new PacketComposer();

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }

    private static String hex(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void assertPacket(ByteBuffer packet, String... lines) {
        assertThat(hex(packet)).isEqualTo(String.join("", lines).replace(" ", ""));
    }

    @Test
    void a_datagram_over_ipv4() {
        ByteBuffer packet = composer.udp(ONE, TWO, "hello".getBytes(StandardCharsets.US_ASCII));

        assertPacket(packet, "4500 0021 0000 4000 4011 26ca 0a000001 0a000002", "c000 0fa1 000d d85d", "68656c6c6f");
    }

    @Test
    void a_segment_over_ipv4_with_options() {
        TcpFields fields = new TcpFields(
                0x01020304, 0x05060708, TcpFields.SYN | TcpFields.ACK, 0x8000, ByteBuffer.wrap(new byte[] {1, 3, 3, 7
                }));

        ByteBuffer packet = composer.tcp(ONE, TWO, fields, ByteBuffer.allocate(0));

        assertPacket(
                packet,
                "4500 002c 0000 4000 4006 26ca 0a000001 0a000002",
                "c000 0fa1 01020304 05060708 60 12 8000 280c 0000",
                "01030307");
    }

    @Test
    void a_segment_over_ipv6() {
        ByteBuffer packet = composer.tcp(
                SIX, SIX, new TcpFields(1, 2, TcpFields.ACK, 3, ByteBuffer.allocate(0)), ByteBuffer.wrap(new byte[] {
                    (byte) 0xff
                }));

        assertPacket(
                packet,
                "60000000 0015 06 40 fd000000000000000000000000000006 fd000000000000000000000000000006",
                "0fa1 0fa1 00000001 00000002 50 10 0003 977d 0000",
                "ff");
    }

    @Test
    void an_ipv4_address_that_speaks_to_an_ipv6_one_is_mapped() {
        ByteBuffer packet = composer.udp(ONE, SIX, new byte[0]);

        assertThat(hex(packet))
                .startsWith("60000000" + "0008" + "11" + "40" + "00000000000000000000ffff0a000001" + "fd00");
        assertThat(sums(packet)).isTrue();
    }

    /** No checksum at all would be zero (RFC 768). */
    @Test
    void a_checksum_of_zero_is_written_as_ones() {
        int inOurWay = composer.udp(ONE, TWO, new byte[2]).getShort(26) & 0xffff;

        ByteBuffer packet = composer.udp(ONE, TWO, new byte[] {(byte) (inOurWay >>> 8), (byte) inOurWay});

        assertThat(packet.getShort(26)).isEqualTo((short) 0xffff);
        assertThat(sums(packet)).isTrue();
    }

    @Property(tries = 500)
    void checksums_of_datagrams_add_up(@ForAll @Size(max = 70) byte[] payload, @ForAll boolean six) {
        assertThat(sums(composer.udp(six ? SIX : TWO, six ? SIX : ONE, payload)))
                .isTrue();
    }

    @Property(tries = 500)
    void checksums_of_segments_add_up(
            @ForAll @Size(max = 70) byte[] payload,
            @ForAll boolean six,
            @ForAll int sequence,
            @ForAll int acknowledgment,
            @ForAll @IntRange(max = 65_535) int window) {
        TcpFields fields = new TcpFields(sequence, acknowledgment, TcpFields.ACK, window, ByteBuffer.allocate(0));

        assertThat(sums(composer.tcp(six ? SIX : TWO, six ? SIX : ONE, fields, ByteBuffer.wrap(payload))))
                .isTrue();
    }

    @Test
    void the_largest_segment_and_datagram_fit() {
        TcpFields fields = new TcpFields(0, 0, 0, 0, ByteBuffer.allocate(0));

        assertThat(composer.tcp(ONE, TWO, fields, ByteBuffer.allocate(PacketComposer.SEGMENT_BYTES_MAX))
                        .remaining())
                .isEqualTo(65_535);
        assertThat(composer.udp(SIX, SIX, new byte[65_507]).remaining()).isEqualTo(40 + 8 + 65_507);
    }

    /** As a receiver checks it: with the checksum in place all words, the pseudo-header's too, sum up to ones. */
    private static boolean sums(ByteBuffer packet) {
        boolean four = packet.get(0) >>> 4 == 4;
        int start = four ? 20 : 40;
        int protocol = packet.get(four ? 9 : 6);
        long sum = protocol + packet.remaining() - start + words(packet, four ? 12 : 8, packet.remaining());
        return sum % 0xffff == 0 && (!four || words(packet, 0, 20) % 0xffff == 0);
    }

    private static long words(ByteBuffer packet, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (long) (packet.get(i) & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        return sum;
    }
}
