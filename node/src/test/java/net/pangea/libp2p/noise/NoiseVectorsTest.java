package net.pangea.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.machine.Results;
import org.junit.jupiter.api.Test;

/** The handshake and the frames after it, against vectors that others have published. */
class NoiseVectorsTest {
    private record Message(Bytes payload, Bytes ciphertext) {}

    private record Vector(String name, Map<String, Bytes> values, List<Message> messages) {
        NoiseHandshake side(String who) {
            return new NoiseHandshake(
                    who.equals("initiator"),
                    DhKey.of(value(who + "-static"), Results.COMPUTED),
                    DhKey.of(value(who + "-ephemeral"), Results.COMPUTED),
                    value("prologue"),
                    new Ciphers(new SeededSecrets(1)));
        }

        Bytes value(String key) {
            return Objects.requireNonNull(values.get(key), key);
        }
    }

    private static Bytes hex(String text) {
        return Bytes.parseHex(text).orElseThrow();
    }

    private static List<Vector> vectors() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(NoiseVectorsTest.class.getResourceAsStream("xx-vectors.txt")),
                StandardCharsets.UTF_8))) {
            for (String line : in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "vector" -> vectors.add(new Vector(words[1], new LinkedHashMap<>(), new ArrayList<>()));
                    case "message" -> vectors.getLast().messages.add(new Message(hex(words[1]), hex(words[2])));
                    default -> vectors.getLast().values.put(words[0], hex(words[1]));
                }
            }
        }
        return vectors;
    }

    private static Bytes seal(NoiseRecords records, Bytes plaintext) {
        byte[] target = new byte[records.sealedMaxBytes(plaintext.size())];
        int size = records.seal(plaintext.asBuffer(), target);
        assertThat(size).isEqualTo(target.length);
        return Bytes.wrap(target).slice(NoiseRecords.LENGTH_BYTES, size);
    }

    private static Bytes open(NoiseRecords records, Bytes body) {
        ByteBuffer record = ByteBuffer.allocate(NoiseRecords.LENGTH_BYTES + body.size());
        record.putShort((short) body.size()).put(body.asBuffer());
        assertThat(records.recordBytes(record.array(), 0)).isEqualTo(record.capacity());
        ByteBuffer plaintext = records.open(record.array(), 0, record.capacity());
        byte[] bytes = new byte[plaintext.remaining()];
        plaintext.get(bytes);
        return Bytes.wrap(bytes);
    }

    @Test
    void every_byte_is_as_published() throws IOException {
        for (Vector vector : vectors()) {
            NoiseHandshake[] sides = {vector.side("initiator"), vector.side("responder")};
            for (int i = 0; i < 3; i++) {
                Message message = vector.messages.get(i);
                assertThat(sides[i % 2].write(message.payload).hex())
                        .as(vector.name + " message " + i)
                        .isEqualTo(message.ciphertext.hex());
                assertThat(sides[1 - i % 2].read(message.ciphertext)).isEqualTo(message.payload);
            }

            assertThat(sides[0].hash()).isEqualTo(sides[1].hash());
            if (vector.values.containsKey("hash")) {
                assertThat(sides[0].hash()).isEqualTo(vector.value("hash"));
            }
            assertThat(sides[0].theirStatic())
                    .isEqualTo(DhKey.of(vector.value("responder-static"), Results.COMPUTED)
                            .publicKey());
            assertThat(sides[1].theirStatic())
                    .isEqualTo(DhKey.of(vector.value("initiator-static"), Results.COMPUTED)
                            .publicKey());

            NoiseRecords[] records = {sides[0].records(), sides[1].records()};
            for (int i = 3; i < vector.messages.size(); i++) {
                Message message = vector.messages.get(i);
                assertThat(seal(records[i % 2], message.payload).hex())
                        .as(vector.name + " message " + i)
                        .isEqualTo(message.ciphertext.hex());
                assertThat(open(records[1 - i % 2], message.ciphertext)).isEqualTo(message.payload);
            }
        }
        assertThat(vectors())
                .hasSize(2)
                .allSatisfy(vector -> assertThat(vector.messages).hasSizeGreaterThan(4));
    }
}
