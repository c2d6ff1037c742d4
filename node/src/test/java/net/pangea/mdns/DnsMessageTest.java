package net.pangea.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Mutations;

class DnsMessageTest {
    private static final int CHANGES_OF_A_LINE = 300;

    private static final String SERVICE = "045f703270" + "045f756470" + "056c6f63616c" + "00"; // _p2p._udp.local

    @Example
    void a_question_is_the_bytes_of_the_specification() {
        assertThat(DnsMessage.question(Service.NAME).encode())
                .isEqualTo(hex("0000" + "0000" + "0001" + "0000" + "0000" + "0000" + SERVICE + "000c" + "0001"));
    }

    @Example
    void names_that_go_on_elsewhere_are_read() {
        String response = "0000" + "8400" + "0000" + "0001" + "0000" + "0001" // at 12:
                + SERVICE + "000c" + "0001" + "00000078"
                + "0004" // the name of the answer ends at 29, its data begins at 39
                + "0161" + "c00c" // a, and then what is at 12
                + "c027" + "0010" + "8001" + "00000078" + "0004" + "03" + "783d79"; // what is at 39

        assertThat(DnsMessage.decode(hex(response)))
                .isEqualTo(DnsMessage.response(
                        new DnsRecord.Pointer(Service.NAME, 120, DnsName.of("a._p2p._udp.local")),
                        List.of(new DnsRecord.Text(DnsName.of("a._p2p._udp.local"), 120, List.of(hex("783d79"))))));
    }

    @Example
    void names_that_lead_nowhere_or_around_are_refused() {
        String header = "0000" + "0000" + "0001" + "0000" + "0000" + "0000";

        assertMalformed(header + "c00c" + "000c" + "0001", "goes on at byte 12, not before byte 12");
        assertMalformed(header + "c0ff" + "000c" + "0001", "goes on at byte 255");
        assertMalformed(header + "0161" + "c00c" + "000c" + "0001", "goes on at byte 12");
        assertMalformed(header + "40" + "000c" + "0001", "unknown kind");
        assertMalformed(header + "3f" + "61".repeat(62), "cut off");
        assertMalformed(header + ("3f" + "61".repeat(63)).repeat(4) + "00" + "000c" + "0001", "more than 255 bytes");
    }

    @Example
    void other_questions_and_records_are_passed_over() {
        String message = "1234" + "8400" + "0001" + "0001" + "0001" + "0001"
                + SERVICE + "0001" + "0001" // an address is asked for
                + SERVICE + "0021" + "0001" + "00000078" + "0002" + "0000" // a place
                + SERVICE + "0010" + "0003" + "00000078" + "0002" + "0161" // of another network than the Internet
                + SERVICE + "002f" + "0001" + "00000078" + "0000";

        assertThat(DnsMessage.decode(hex(message))).isEqualTo(new DnsMessage(true, List.of(), List.of(), List.of()));
    }

    @Example
    void what_is_too_much_or_of_another_kind_is_refused() {
        assertMalformed("0000" + "0800" + "00000000" + "00000000", "not multicast DNS");
        assertMalformed("0000" + "8003" + "00000000" + "00000000", "not multicast DNS");
        assertMalformed("0000" + "0000" + "00ff" + "0002" + "00000000", "more than 256");
        assertMalformed("00".repeat(DnsMessage.MAX_BYTES + 1), "more than 9000 bytes");
        assertMalformed("0000" + "0000" + "00", "cut off");
    }

    @Example
    void names_have_their_bounds_and_no_case() {
        assertThat(DnsName.of("_P2P._UDP.Local")).isEqualTo(Service.NAME);
        assertThat(new DnsName(List.of("a.b")).labels()).containsExactly("a.b");
        assertThatThrownBy(() -> DnsName.of("a..b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsName.of("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsName.of("a.".repeat(127) + "bb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsName.of("\u0100")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 2_000)
    void a_message_is_read_as_it_was_written(@ForAll long seed) {
        DnsMessage message = random(RandomStream.of(seed, "message"));

        assertThat(DnsMessage.decode(message.encode())).isEqualTo(message);
    }

    @Property(tries = 10_000)
    void changed_bytes_are_a_message_or_malformed(@ForAll long seed) {
        Bytes bytes = random(RandomStream.of(seed, "changed")).encode();

        assertReadOrMalformed(Mutations.of(bytes, new Random(seed)));
    }

    /** Mostly pointers, which random bytes seldom are. */
    @Property(tries = 5_000)
    void any_bytes_behind_a_header_are_a_message_or_malformed(@ForAll @Size(max = 200) byte[] bytes) {
        byte[] body = bytes.clone();
        for (int i = 0; i + 1 < body.length; i += 3) {
            body[i] = (byte) 0xc0;
        }

        assertReadOrMalformed(new ByteWriter()
                .raw(hex("0000" + "8400" + "0002" + "0004" + "0000" + "0004"))
                .raw(Bytes.wrap(body))
                .toBytes());
        assertReadOrMalformed(Bytes.copyOf(bytes));
    }

    /** Messages that are worth keeping; whatever is found to do harm becomes a line. */
    @Example
    void every_line_of_the_corpus_and_its_changes_are_a_message_or_malformed() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(DnsMessageTest.class.getResourceAsStream("/corpus/mdns/messages.hex"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        assertReadOrMalformed(hex(line));
                        Random random = new Random(line.hashCode());
                        for (int i = 0; i < CHANGES_OF_A_LINE; i++) {
                            assertReadOrMalformed(Mutations.of(hex(line), random));
                        }
                    });
        }
    }

    /** What was read is written in a form that says the same, if it is not too long without pointers. */
    private static void assertReadOrMalformed(Bytes bytes) {
        DnsMessage read;
        try {
            read = DnsMessage.decode(bytes);
        } catch (MalformedBytes e) {
            assertThat(e).as(bytes.hex()).hasMessageNotContaining("null");
            return;
        }
        Bytes written = read.encode();
        if (written.size() <= DnsMessage.MAX_BYTES) {
            assertThat(DnsMessage.decode(written)).as(bytes.hex()).isEqualTo(read);
        }
        assertThat(Service.peers(read).size()).isLessThanOrEqualTo(Service.MAX_PEERS);
    }

    private static void assertMalformed(String bytes, String why) {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> DnsMessage.decode(hex(bytes)))
                .withMessageContaining(why);
    }

    private static DnsMessage random(RandomStream random) {
        List<DnsName> asked = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            asked.add(name(random));
        }
        return new DnsMessage(random.nextInt(2) == 0, asked, records(random), records(random));
    }

    private static List<DnsRecord> records(RandomStream random) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            long seconds = random.nextLong() & 0xffff_ffffL;
            if (random.nextInt(2) == 0) {
                records.add(new DnsRecord.Pointer(name(random), seconds, name(random)));
            } else {
                List<Bytes> strings = new ArrayList<>();
                for (int j = 1 + random.nextInt(4); j > 0; j--) {
                    byte[] string = new byte[random.nextInt(DnsRecord.Text.MAX_STRING_BYTES + 1)];
                    random.fill(string);
                    strings.add(Bytes.wrap(string));
                }
                records.add(new DnsRecord.Text(name(random), seconds, strings));
            }
        }
        return records;
    }

    private static DnsName name(RandomStream random) {
        if (random.nextInt(2) == 0) {
            return DnsName.below("peer" + random.nextInt(10), Service.NAME);
        }
        List<String> labels = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] label = new byte[1 + random.nextInt(63)];
            random.fill(label);
            labels.add(new String(label, StandardCharsets.ISO_8859_1));
        }
        return new DnsName(labels);
    }

    private static Bytes hex(String digits) {
        return Bytes.parseHex(digits).orElseThrow();
    }
}
