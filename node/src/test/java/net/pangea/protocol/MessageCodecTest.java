package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Message.Content;
import net.pangea.protocol.Message.Continue;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.FetchManifest;
import net.pangea.protocol.Message.FetchShard;
import net.pangea.protocol.Message.GetObject;
import net.pangea.protocol.Message.ManifestFound;
import net.pangea.protocol.Message.NotFound;
import net.pangea.protocol.Message.ObjectFound;
import net.pangea.protocol.Message.PutDone;
import net.pangea.protocol.Message.PutObject;
import net.pangea.protocol.Message.ShardFound;
import net.pangea.protocol.Message.ShardRange;
import net.pangea.protocol.Message.StoreManifest;
import net.pangea.protocol.Message.StoreShard;
import net.pangea.protocol.Message.Stored;
import net.pangea.protocol.Message.WantedShard;

class MessageCodecTest {

    @Property
    void what_was_encoded_decodes_to_itself(@ForAll("messages") Message message) {
        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Property
    void changed_bytes_are_another_message_or_malformed(
            @ForAll("messages") Message message, @ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = MessageCodec.encode(message).toArray();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;

        assertIsMessageOrMalformed(bytes);
    }

    @Property
    void cut_off_bytes_are_malformed(@ForAll("messages") Message message, @ForAll int where) {
        byte[] bytes = MessageCodec.encode(message).toArray();
        byte[] cut = Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));

        assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(cut))).isInstanceOf(ProtocolFailure.class);
    }

    @Property
    void any_bytes_are_a_message_or_malformed(@ForAll @Size(max = 400) byte[] bytes) {
        assertIsMessageOrMalformed(bytes);
    }

    @Property
    void bytes_after_a_message_are_malformed(@ForAll("messages") Message message) {
        byte[] bytes = MessageCodec.encode(message).toArray();
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> MessageCodec.decode(Bytes.wrap(longer))).isInstanceOf(ProtocolFailure.class);
    }

    @Example
    void a_length_beyond_what_is_there_allocates_nothing() {
        Bytes hugeShard = Bytes.parseHex("11" + "00" + "00400000").orElseThrow();

        assertThatThrownBy(() -> MessageCodec.decode(hugeShard))
                .isInstanceOf(ProtocolFailure.class)
                .hasMessageContaining("cut off");
    }

    @Example
    void the_bytes_of_a_message_never_change() {
        Message message = new Failed(FailureKind.FULL, "no room");

        assertThat(MessageCodec.encode(message).hex()).isEqualTo("3306" + "0007" + "6e6f20726f6f6d");
    }

    @Example
    void a_text_beyond_the_bound_is_cut() {
        Message message = new Failed(FailureKind.FULL, "é".repeat(3_000));

        assertThat(MessageCodec.decode(MessageCodec.encode(message)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.text()).hasSizeBetween(500, 1_001));
    }

    @Example
    void the_largest_messages_fit_a_frame() {
        Sha256 hash = Sha256.of(Bytes.EMPTY);
        Bytes shard = Bytes.wrap(new byte[Limits.MAX_SHARD_BYTES]);
        Bytes manifest = Bytes.wrap(new byte[Limits.MAX_MANIFEST_BYTES]);
        List<ShardRange> ranges = Collections.nCopies(Limits.MAX_RANGES, new ShardRange(0, 0, 1));

        assertThat(MessageCodec.encode(new StoreShard(hash, shard)).size()).isLessThan(Limits.MAX_FRAME_BYTES);
        assertThat(MessageCodec.encode(new StoreManifest(manifest, ranges)).size())
                .isLessThan(Limits.MAX_FRAME_BYTES);
    }

    private static void assertIsMessageOrMalformed(byte[] bytes) {
        try {
            Message message = MessageCodec.decode(Bytes.copyOf(bytes));
            assertThat(MessageCodec.encode(message)).isEqualTo(Bytes.wrap(bytes));
        } catch (ProtocolFailure e) {
            assertThat(e.kind()).isEqualTo(ProtocolFailure.Kind.MALFORMED);
        }
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<Integer> columns = Arbitraries.integers().between(0, 255);
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(60);
        Arbitrary<Long> sizes = Arbitraries.longs().between(0, Limits.MAX_OBJECT_BYTES);
        Arbitrary<WantedShard> wanted = Combinators.combine(columns, hashes()).as(WantedShard::new);
        Arbitrary<ShardRange> ranges = Combinators.combine(
                        columns,
                        Arbitraries.integers().between(0, Limits.MAX_SEGMENTS / 2),
                        Arbitraries.integers().between(1, Limits.MAX_SEGMENTS / 2 - 1))
                .as(ShardRange::new);
        return Arbitraries.oneOf(
                Combinators.combine(hashes(), bytes()).as(StoreShard::new),
                Combinators.combine(bytes(), ranges.list().ofMaxSize(4)).as(StoreManifest::new),
                Combinators.combine(
                                hashes(),
                                Arbitraries.integers().between(0, Limits.MAX_SEGMENTS - 1),
                                wanted.list().ofMaxSize(4))
                        .as(FetchShard::new),
                hashes().map(FetchManifest::new),
                hashes().map(Stored::new),
                Combinators.combine(columns, bytes()).as(ShardFound::new),
                bytes().map(ManifestFound::new),
                Arbitraries.just(new NotFound()),
                Combinators.combine(texts, sizes).as(PutObject::new),
                Combinators.combine(hashes(), hashes().map(Sha256::bytes)).as(GetObject::new),
                bytes().map(Content::new),
                Arbitraries.just(new Continue()),
                Combinators.combine(hashes(), hashes().map(Sha256::bytes), counts, counts, counts, counts)
                        .as(PutDone::new),
                Combinators.combine(texts, sizes).as(ObjectFound::new),
                Combinators.combine(Arbitraries.of(FailureKind.class), texts).as(Failed::new));
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Bytes::wrap);
    }

    private static Arbitrary<Sha256> hashes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(Sha256.SIZE_BYTES)
                .map(Bytes::wrap)
                .map(Sha256::new);
    }
}
