package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.protocol.PeerMessage.Refusal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds our bytes to what Cap'n Proto itself makes and reads. {@code peer-messages.txt} has a line for each example: its
 * name, what {@code capnp encode} (0.9.2) makes of its text, and that text, as {@code capnp decode --short} prints it.
 * Where the command is installed, it is asked again.
 */
class PeerMessageGoldenTest {
    private static final PeerCodec CODEC = new PeerCodec();

    private record Golden(Bytes encoded, String text) {}

    @Test
    void every_kind_of_message_has_a_golden_line() throws IOException {
        assertThat(golden().keySet()).isEqualTo(PeerMessageExamples.all().keySet());
        assertThat(PeerMessageExamples.all().values().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(PeerMessageArbitraries.kinds());
    }

    @TestFactory
    Iterable<DynamicTest> what_cap_n_proto_encoded_decodes() throws IOException {
        Map<String, Golden> golden = golden();
        return PeerMessageExamples.all().entrySet().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.getKey(),
                        () -> assertThat(CODEC.decode(Objects.requireNonNull(golden.get(example.getKey())).encoded))
                                .isEqualTo(example.getValue())))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> the_bytes_of_a_message_are_those_of_cap_n_proto() throws IOException {
        Map<String, Golden> golden = golden();
        return PeerMessageExamples.all().entrySet().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.getKey(),
                        () -> assertThat(CODEC.encode(example.getValue()).hex())
                                .isEqualTo(Objects.requireNonNull(golden.get(example.getKey()))
                                        .encoded
                                        .hex())))
                .toList();
    }

    @TestFactory
    Iterable<DynamicTest> cap_n_proto_reads_and_makes_the_same_where_it_is_installed() throws IOException {
        Optional<CapnpTool> tool = CapnpTool.find();
        assumeTrue(tool.isPresent(), "the command capnp is not installed");
        CapnpTool capnp = tool.orElseThrow();
        Map<String, Golden> golden = golden();
        return PeerMessageExamples.all().entrySet().stream()
                .map(example -> DynamicTest.dynamicTest(example.getKey(), () -> {
                    Bytes ours = CODEC.encode(example.getValue());
                    Golden line = Objects.requireNonNull(golden.get(example.getKey()));
                    assertThat(capnp.decode(ours)).isEqualTo(line.text);
                    assertThat(capnp.encode(line.text)).isEqualTo(line.encoded);
                    assertThat(CODEC.decode(capnp.encode(line.text))).isEqualTo(example.getValue());
                    assertThat(capnp.canonical(ours)).isEqualTo(capnp.canonical(line.encoded));
                }))
                .toList();
    }

    @Test
    void refusals_have_the_codes_of_the_schema_where_cap_n_proto_is_installed()
            throws IOException, InterruptedException {
        Optional<CapnpTool> tool = CapnpTool.find();
        assumeTrue(tool.isPresent(), "the command capnp is not installed");
        for (Refusal refusal : Refusal.values()) {
            String text = tool.orElseThrow().decode(CODEC.encode(new PeerMessage.Refused(refusal, "")));
            String name = text.replaceAll(".*why = (\\w+).*", "$1");
            assertThat(name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                    .isEqualTo(refusal.name());
        }
    }

    private static Map<String, Golden> golden() throws IOException {
        Map<String, Golden> golden = new LinkedHashMap<>();
        try (InputStream file =
                Objects.requireNonNull(PeerMessageGoldenTest.class.getResourceAsStream("peer-messages.txt"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] parts = line.split(" ", 3);
                golden.put(parts[0], new Golden(Bytes.parseHex(parts[1]).orElseThrow(), parts[2]));
            }
        }
        return golden;
    }
}
