package net.pangea.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.legacy.LegacyRequest.FetchShard;
import net.pangea.legacy.LegacyRequest.FetchShare;
import net.pangea.legacy.LegacyRequest.StoreShard;
import net.pangea.legacy.LegacyRequest.StoreShare;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Mutations;

class LegacyRequestTest {
    private static final int CHANGES_OF_A_LINE = 300;

    @Example
    void requests_are_the_bytes_of_the_original() {
        Bytes name = ascii("ab");

        assertThat(new FetchShard(name, 7).encode()).isEqualTo(hex("01" + "0002" + "6162" + "00000007"));
        assertThat(new FetchShare(name).encode()).isEqualTo(hex("02" + "0002" + "6162"));
        assertThat(new StoreShard(name, 0xffff_fffeL, ascii("xyz")).encode())
                .isEqualTo(hex("03" + "0002" + "6162" + "fffffffe" + "78797a"));
        assertThat(new StoreShare(name, 9, ascii("xyz")).encode())
                .isEqualTo(hex("04" + "0002" + "6162" + "00000009" + "00000003" + "78797a"));
    }

    @Property(tries = 2_000)
    void a_request_is_read_as_it_was_written_in_whatever_pieces_it_comes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6_000) int piece) throws InterruptedException {
        LegacyRequest request = random(RandomStream.of(seed, "request"), 20_000);

        assertThat(LegacyRequest.decode(request.encode())).isEqualTo(request);
        assertThat(LegacyRequest.read(new StreamInput(new ScriptedConnection(request.encode(), piece))))
                .isEqualTo(request);
    }

    @Example
    void the_longest_names_and_contents_are_taken() throws InterruptedException {
        Bytes name = Bytes.wrap(new byte[LegacyRequest.MAX_ID_BYTES]);
        Bytes data = Bytes.wrap(new byte[LegacyRequest.MAX_DATA_BYTES]);

        for (LegacyRequest request :
                new LegacyRequest[] {new StoreShard(name, 0, data), new StoreShare(name, 0, data)}) {
            assertThat(LegacyRequest.read(new StreamInput(ScriptedConnection.of(request.encode()))))
                    .isEqualTo(request);
        }
    }

    @Example
    void what_is_too_long_is_refused_and_not_read_to_its_end() {
        Bytes name = Bytes.wrap(new byte[LegacyRequest.MAX_ID_BYTES + 1]);
        Bytes data = Bytes.wrap(new byte[3 * LegacyRequest.MAX_DATA_BYTES]);
        Bytes longName = new ByteWriter().u8(2).u16(name.size()).raw(name).toBytes();
        Bytes longShard = new ByteWriter().u8(3).u16(1).u8('a').u32(0).raw(data).toBytes();
        Bytes longShare =
                new ByteWriter().u8(4).u16(1).u8('a').u32(0).sized(data).toBytes();

        assertRefused(longName, Reason.TOO_LARGE, 3);
        assertRefused(longShard, Reason.TOO_LARGE, 1 + 2 + 1 + 4 + LegacyRequest.MAX_DATA_BYTES + 1);
        assertRefused(longShare, Reason.TOO_LARGE, 1 + 2 + 1 + 4 + 4);
    }

    @Property(tries = 2_000)
    void what_ends_before_a_request_is_whole_is_refused(@ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "cut");
        LegacyRequest request = random(random, 100);
        Bytes whole = request.encode();
        int least = request instanceof StoreShard(Bytes hash, long _, Bytes _)
                ? 1 + 2 + hash.size() + 4 // what follows may end anywhere
                : whole.size() - 1;

        Bytes cut = whole.slice(0, random.nextInt(least + 1));

        LegacyRefusal refusal = catchThrowableOfType(LegacyRefusal.class, () -> LegacyRequest.decode(cut));
        assertThat(refusal.reason())
                .isEqualTo(request instanceof StoreShard && cut.size() == least ? Reason.MALFORMED : Reason.CUT_OFF);
    }

    @Example
    void what_makes_no_sense_is_refused() {
        for (String bytes : new String[] {
            "00000161", // no such type
            "05000161",
            "020000", // no name
            "03000161" + "00000000", // no content
            "04000161" + "00000000" + "00000000",
            "02000161" + "62" // something behind
        }) {
            LegacyRefusal refusal = catchThrowableOfType(LegacyRefusal.class, () -> LegacyRequest.decode(hex(bytes)));
            assertThat(refusal.reason()).as(bytes).isEqualTo(Reason.MALFORMED);
        }
    }

    @Example
    void no_request_can_be_made_that_would_be_refused() {
        Bytes name = ascii("a");

        assertThatThrownBy(() -> new FetchShare(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FetchShard(Bytes.wrap(new byte[LegacyRequest.MAX_ID_BYTES + 1]), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FetchShard(name, 1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoreShard(name, 0, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoreShare(name, 0, Bytes.wrap(new byte[LegacyRequest.MAX_DATA_BYTES + 1])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoreShare(name, -1, name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 10_000)
    void changed_bytes_are_read_or_refused(@ForAll long seed) throws InterruptedException {
        Bytes request = random(RandomStream.of(seed, "changed"), 300).encode();

        assertReadOrRefused(Mutations.of(request, new Random(seed)));
    }

    @Property(tries = 2_000)
    void any_bytes_are_read_or_refused(@ForAll @Size(max = 300) byte[] bytes) throws InterruptedException {
        assertReadOrRefused(Bytes.copyOf(bytes));
    }

    /** Requests that are worth keeping; whatever is found to do harm becomes a line. */
    @Example
    void every_line_of_the_corpus_and_its_changes_are_read_or_refused() throws IOException, InterruptedException {
        try (InputStream file =
                Objects.requireNonNull(LegacyRequestTest.class.getResourceAsStream("/corpus/legacy/requests.hex"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList()) {
                assertReadOrRefused(hex(line));
                Random random = new Random(line.hashCode());
                for (int i = 0; i < CHANGES_OF_A_LINE; i++) {
                    assertReadOrRefused(Mutations.of(hex(line), random));
                }
            }
        }
    }

    /** Both readers say the same, but for what is behind a request, at which the stream's does not look. */
    private static void assertReadOrRefused(Bytes bytes) throws InterruptedException {
        Optional<LegacyRequest> streamed = streamed(bytes);
        LegacyRequest read;
        try {
            read = LegacyRequest.decode(bytes);
        } catch (LegacyRefusal e) {
            assertThat(e).as(bytes.hex()).hasMessageNotContaining("null");
            streamed.ifPresent(request -> assertThat(bytes.size())
                    .as(bytes.hex())
                    .isGreaterThan(request.encode().size()));
            return;
        }
        assertThat(streamed).as(bytes.hex()).contains(read);
        assertThat(read.encode()).as("one request has one encoding").isEqualTo(bytes);
    }

    private static Optional<LegacyRequest> streamed(Bytes bytes) throws InterruptedException {
        try {
            return Optional.of(LegacyRequest.read(new StreamInput(ScriptedConnection.of(bytes))));
        } catch (LegacyRefusal e) {
            return Optional.empty();
        }
    }

    private static void assertRefused(Bytes bytes, Reason reason, int readBytes) {
        ScriptedConnection stream = ScriptedConnection.of(bytes);

        LegacyRefusal refusal =
                catchThrowableOfType(LegacyRefusal.class, () -> LegacyRequest.read(new StreamInput(stream)));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(stream.readBytes()).isEqualTo(readBytes);
        assertThat(catchThrowableOfType(LegacyRefusal.class, () -> LegacyRequest.decode(bytes))
                        .reason())
                .isEqualTo(reason);
    }

    private static LegacyRequest random(RandomStream random, int dataBytes) {
        Bytes id = bytes(1 + random.nextInt(LegacyRequest.MAX_ID_BYTES), random);
        long number = random.nextLong() & 0xffff_ffffL;
        return switch (random.nextInt(4)) {
            case 0 -> new FetchShard(id, number);
            case 1 -> new FetchShare(id);
            case 2 -> new StoreShard(id, number, bytes(1 + random.nextInt(dataBytes), random));
            default -> new StoreShare(id, number, bytes(1 + random.nextInt(dataBytes), random));
        };
    }

    private static Bytes bytes(int size, RandomStream random) {
        byte[] bytes = new byte[size];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Bytes hex(String digits) {
        return Bytes.parseHex(digits).orElseThrow();
    }
}
