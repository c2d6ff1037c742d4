package net.pangea.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.pangea.machine.IpAddress;
import net.pangea.sim.pcap.PcapngWriter.Direction;
import org.junit.jupiter.api.Test;

/** Holds every block to the layout that draft-ietf-opsawg-pcapng gives, octet by octet. */
class PcapngWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PcapngWriter writer() throws IOException {
        PcapngWriter writer = new PcapngWriter(out, "me", "seed 7");
        out.reset();
        return writer;
    }

    private void assertWritten(String... lines) {
        String hex = String.join("", lines).replace(" ", "");
        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(hex);
    }

    @Test
    void a_section_begins_with_its_byte_order_and_says_who_wrote_it() throws IOException {
        PcapngWriter _ = new PcapngWriter(out, "me", "seed 7");

        assertWritten(
                "0a0d0d0a 34000000 4d3c2b1a 0100 0000 ffffffffffffffff",
                "0100 0600 736565642037 0000", // the comment "seed 7"
                "0400 0200 6d65 0000", // the application "me"
                "0000 0000",
                "34000000");
    }

    @Test
    void an_interface_has_a_name_an_address_and_nanoseconds() throws IOException {
        int number = writer().addInterface("node/3", IpAddress.of(10, 0, 0, 4));

        assertThat(number).isZero();
        assertWritten(
                "01000000 38000000 6500 0000 00000000",
                "0200 0600 6e6f64652f33 0000",
                "0400 0800 0a000004 ffffffff",
                "0900 0100 09 000000",
                "0000 0000",
                "38000000");
    }

    @Test
    void an_interface_may_have_an_ipv6_address() throws IOException {
        PcapngWriter writer = writer();
        int _ = writer.addInterface("a", IpAddress.of(10, 0, 0, 4));
        out.reset();

        int number = writer.addInterface("b", IpAddress.parse("fd00::5").orElseThrow());

        assertThat(number).isEqualTo(1);
        assertWritten(
                "01000000 40000000 6500 0000 00000000",
                "0200 0100 62 000000",
                "0500 1100 fd000000000000000000000000000005 80 000000",
                "0900 0100 09 000000",
                "0000 0000",
                "40000000");
    }

    @Test
    void a_name_of_an_ipv4_address_ends_with_a_zero() throws IOException {
        writer().name(IpAddress.of(10, 0, 0, 4), "node/3");

        assertWritten("04000000 20000000", "0100 0b00 0a000004 6e6f64652f33 00 00", "0000 0000", "20000000");
    }

    @Test
    void a_name_of_an_ipv6_address_has_a_code_of_its_own() throws IOException {
        writer().name(IpAddress.parse("fd00::5").orElseThrow(), "b");

        assertWritten(
                "04000000 28000000", "0200 1200 fd000000000000000000000000000005 62 00 0000", "0000 0000", "28000000");
    }

    @Test
    void a_packet_has_its_interface_time_direction_and_bytes_filled_up_to_words() throws IOException {
        ByteBuffer packet = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4, 5, 9}, 1, 5);

        writer().packet(3, 0x0102_0304_a5a6_a7a8L, Direction.OUTBOUND, packet);

        assertThat(packet.remaining()).isEqualTo(5);
        assertWritten(
                "06000000 34000000 03000000 04030201 a8a7a6a5 05000000 05000000",
                "0102030405 000000",
                "0200 0400 02000000",
                "0000 0000",
                "34000000");
    }

    @Test
    void a_packet_of_whole_words_is_not_filled_up() throws IOException {
        writer().packet(0, 1, Direction.INBOUND, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));

        assertWritten(
                "06000000 30000000 00000000 00000000 01000000 04000000 04000000",
                "01020304",
                "0200 0400 01000000",
                "0000 0000",
                "30000000");
    }

    @Test
    void a_name_that_is_too_long_for_an_option_is_refused() throws IOException {
        PcapngWriter writer = writer();

        assertThatThrownBy(() -> writer.addInterface("n".repeat(65_536), IpAddress.of(10, 0, 0, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536 octets");
    }
}
