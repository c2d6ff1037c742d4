package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Header;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.schema.PeerMessageStruct;
import net.pangea.schema.StoreShardStruct;
import org.capnproto.MessageBuilder;

class PeerCodecTest {
    private static final PeerCodec CODEC = new PeerCodec();
    private static final Sha256 HASH = Sha256.of(Bytes.EMPTY);

    @Provide
    Arbitrary<PeerMessage> messages() {
        return PeerMessageArbitraries.messages();
    }

    @Property
    void what_was_encoded_decodes_to_itself(@ForAll("messages") PeerMessage message) {
        assertThat(CODEC.decode(CODEC.encode(message))).isEqualTo(message);
    }

    @Property
    void changed_bytes_are_a_message_or_malformed(
            @ForAll("messages") PeerMessage message,
            @ForAll int where,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = CODEC.encode(message).toArray();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;

        assertIsMessageOrMalformed(Bytes.wrap(bytes));
    }

    @Property
    void cut_off_bytes_are_malformed(@ForAll("messages") PeerMessage message, @ForAll int where) {
        byte[] bytes = CODEC.encode(message).toArray();

        assertMalformed(Bytes.wrap(Arrays.copyOf(bytes, Math.floorMod(where, bytes.length))));
    }

    @Property
    void bytes_after_a_message_are_malformed(
            @ForAll("messages") PeerMessage message, @ForAll @IntRange(min = 1, max = 16) int more) {
        byte[] bytes = CODEC.encode(message).toArray();

        assertMalformed(Bytes.wrap(Arrays.copyOf(bytes, bytes.length + more)));
    }

    @Property
    void any_words_are_a_message_or_malformed(@ForAll @Size(max = 60) long[] words) {
        assertIsMessageOrMalformed(framed(words));
    }

    /** Pointers and kinds that nearly make sense find more than noise does. */
    @Property(tries = 5_000)
    void words_that_look_like_pointers_are_a_message_or_malformed(
            @ForAll @IntRange(max = 25) int kind,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 0xfff) Integer> small) {
        long[] words = new long[small.size() + 2];
        words[0] = structPointer(1, 1);
        words[1] = kind;
        for (int i = 0; i < small.size(); i++) {
            int draw = small.get(i);
            // Kind of pointer and a short way to its target, then sizes: low bits of each half.
            words[i + 2] = (draw & 0xf) | ((long) (draw >> 4 & 0xf) << 32) | ((long) (draw >> 8) << 48);
        }
        assertIsMessageOrMalformed(framed(words));
    }

    @Example
    void several_segments_are_malformed() {
        ByteBuffer two = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        two.putInt(1).putInt(1).putInt(1).putInt(0);

        assertMalformed(Bytes.wrap(two.array()));
    }

    @Example
    void a_kind_that_is_not_known_is_malformed() {
        assertThatThrownBy(() -> CODEC.decode(framed(structPointer(1, 0), 4_711)))
                .isInstanceOf(ProtocolFailure.class)
                .hasMessageContaining("kind 4711");
    }

    @Example
    void many_pointers_to_the_same_bytes_are_malformed() {
        int columns = ObjectLimits.MAX_COLUMNS;
        int target = 4 + 2 * columns;
        long[] words = new long[target + 1 + Limits.MAX_RANGES];
        words[0] = structPointer(1, 1);
        words[1] = PeerMessageStruct.Which.MISSING;
        words[2] = listPointer(0, 2 * columns);
        words[3] = structPointer(1, 1) | columns << 2;
        for (int i = 0; i < columns; i++) {
            int pointer = 5 + 2 * i;
            words[pointer] = listPointer(target - pointer - 1, Limits.MAX_RANGES);
        }
        words[target] = structPointer(1, 0) | Limits.MAX_RANGES << 2;
        Arrays.fill(words, target + 1, words.length, 1L << 32); // from segment 0 on, one

        assertThatThrownBy(() -> CODEC.decode(framed(words)))
                .isInstanceOf(ProtocolFailure.class)
                .hasMessageContaining("limit");
    }

    /** {@return a pointer to a struct right behind it} */
    private static long structPointer(int dataWords, int pointers) {
        return (long) dataWords << 32 | (long) pointers << 48;
    }

    /** {@return a pointer to a list of structs} */
    private static long listPointer(int offset, int words) {
        return 1 | (long) offset << 2 | 7L << 32 | (long) words << 35;
    }

    @Example
    void lists_of_nothing_cost_nothing() {
        long halfABillionOfNoWords = ((1L << 29) - 1) << 2;
        for (int kind : List.of(PeerMessageStruct.Which.HOLDINGS, PeerMessageStruct.Which.MISSING)) {
            assertMalformed(framed(structPointer(1, 1), kind, listPointer(0, 0), halfABillionOfNoWords));
        }
    }

    @Example
    void what_is_out_of_bounds_is_not_read() {
        assertMalformed(raw(store -> store.column(256)));
        assertMalformed(raw(store -> store.segment(ObjectLimits.MAX_SEGMENTS)));
        assertMalformed(raw(store -> store.segment(-1)));
        assertMalformed(raw(store -> store.shard(Bytes.EMPTY.asBuffer())));
        assertMalformed(raw(store -> store.placementKey(Bytes.wrap(new byte[31]).asBuffer())));
        assertMalformed(raw(store -> store.shard(
                Bytes.wrap(new byte[ObjectLimits.MAX_SHARD_BYTES + 1]).asBuffer())));
        assertThat(CODEC.decode(raw(_ -> {}))).isInstanceOf(PeerMessage.StoreShard.class);
    }

    @Example
    void what_could_not_be_read_is_not_written() {
        assertNotWritten(new PeerMessage.StoreShard(HASH, 256, 0, Bytes.wrap(new byte[1])));
        assertNotWritten(new PeerMessage.StoreShard(HASH, 0, 0, Bytes.EMPTY));
        assertNotWritten(new PeerMessage.FetchHoldings(List.of()));
        assertNotWritten(new PeerMessage.FetchHoldings(Collections.nCopies(Limits.MAX_OBJECTS_ASKED + 1, HASH)));
        assertNotWritten(new PeerMessage.FetchShard(HASH, 0, List.of()));
        assertNotWritten(new Missing(List.of(new HeldRange(0, List.of()))));
        assertNotWritten(new Missing(
                List.of(new HeldRange(0, List.of(new SegmentRange(1, ObjectLimits.MAX_SEGMENTS))))));
        assertNotWritten(new PeerMessage.Audit(HASH, 0, Collections.nCopies(Limits.MAX_PROBES + 1, new Probe(0, 0))));
        assertNotWritten(new PeerMessage.Welcome("x".repeat(256), PeerMessageExamples.OWNER.id(), "", 0, 0));
        assertNotWritten(new PeerMessage.Welcome("x", PeerMessageExamples.OWNER.id(), "", 0, -1));
        assertNotWritten(commit(3, ObjectLimits.MAX_SEGMENTS));
    }

    @Example
    void the_largest_messages_fit_a_frame() {
        Bytes shard = Bytes.wrap(new byte[ObjectLimits.MAX_SHARD_BYTES]);
        List<Sha256> path = Collections.nCopies(Limits.MAX_PATH_HASHES, HASH);
        List<SegmentRange> one = List.of(new SegmentRange(0, 1));
        int columns = ObjectLimits.MAX_COLUMNS;
        ProvenBlock block = new ProvenBlock(
                new BlockProof(0, 0, ObjectLimits.MAX_SHARD_BYTES, path, HASH, path),
                Bytes.wrap(new byte[ShardTree.BLOCK_BYTES]));

        assertRoundTrip(new PeerMessage.StoreShard(HASH, 0, 0, shard));
        assertRoundTrip(new PeerMessage.ShardFound(0, new ShardProof(0, path), shard));
        assertRoundTrip(commit(2, ObjectLimits.MAX_SEGMENTS));
        assertRoundTrip(commit(columns, 2 * ObjectLimits.MAX_SEGMENTS / columns));
        assertRoundTrip(new PeerMessage.AuditAnswer(Collections.nCopies(Limits.MAX_PROBES, block)));
        assertRoundTrip(new PeerMessage.FetchHoldings(Collections.nCopies(Limits.MAX_OBJECTS_ASKED, HASH)));
        assertRoundTrip(new PeerMessage.Holdings(Collections.nCopies(
                Limits.MAX_OBJECTS_ASKED,
                new Holding(
                        1,
                        false,
                        Collections.nCopies(
                                Limits.MAX_HELD_RANGES / Limits.MAX_OBJECTS_ASKED, new HeldRange(0, one))))));
        assertRoundTrip(new Missing(Collections.nCopies(
                columns, new HeldRange(0, Collections.nCopies(Limits.MAX_HELD_RANGES / columns, one.getFirst())))));
    }

    @Example
    void a_text_beyond_the_bound_is_cut() {
        assertThat(CODEC.decode(CODEC.encode(new Refused(Refusal.FULL, "é".repeat(3_000)))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.text()).hasSizeBetween(500, 1_001));
    }

    @Example
    void the_codes_of_refusals_are_those_of_the_schema() {
        // PeerMessageGoldenTest has the tool name one of them; their number and order are the rest.
        assertThat(Arrays.stream(Refusal.values()).mapToInt(Refusal::code))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    private static PeerMessage commit(int columns, int segments) {
        ColumnIndex index = new ColumnIndex(Collections.nCopies(segments, new ColumnLeaf(1, HASH)));
        return new PeerMessage.CommitColumns(
                Bytes.wrap(new byte[Manifest.MAX_BYTES]),
                Bytes.wrap(new byte[Header.SEALED_BYTES]),
                PeerMessageExamples.LEASE,
                Collections.nCopies(columns, new HeldColumn(0, index, List.of(new SegmentRange(0, segments)))));
    }

    private interface Change {
        void of(StoreShardStruct.Builder store);
    }

    /** {@return a good {@code StoreShard}, but for a change} */
    private static Bytes raw(Change change) {
        MessageBuilder out = new MessageBuilder(1 << 20);
        StoreShardStruct.Builder store = out.initRoot(PeerMessageStruct.STRUCT).storeShard();
        store.placementKey(HASH.bytes().asBuffer());
        store.shard(Bytes.wrap(new byte[1]).asBuffer());
        change.of(store);
        ByteBuffer segment = out.getSegmentsForOutput()[0];
        byte[] content = new byte[segment.remaining()];
        segment.get(content);
        return framed(Bytes.wrap(content));
    }

    private static Bytes framed(long... words) {
        ByteBuffer segment = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        segment.asLongBuffer().put(words);
        return framed(Bytes.wrap(segment.array()));
    }

    private static Bytes framed(Bytes segment) {
        return Bytes.wrap(ByteBuffer.allocate(8 + segment.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(segment.size() / 8)
                .put(segment.asBuffer())
                .array());
    }

    private static void assertRoundTrip(PeerMessage message) {
        Bytes encoded = CODEC.encode(message);
        assertThat(encoded.size()).isLessThanOrEqualTo(Limits.MAX_FRAME_BYTES);
        assertThat(CODEC.decode(encoded)).isEqualTo(message);
    }

    private static void assertNotWritten(PeerMessage message) {
        assertThatIllegalArgumentException().isThrownBy(() -> CODEC.encode(message));
    }

    private static void assertMalformed(Bytes content) {
        assertThatThrownBy(() -> CODEC.decode(content))
                .isInstanceOfSatisfying(
                        ProtocolFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ProtocolFailure.Kind.MALFORMED));
    }

    private static void assertIsMessageOrMalformed(Bytes content) {
        try {
            PeerMessage message = CODEC.decode(content);
            // Whatever was read is within bounds, so that it can be written and read again.
            assertThat(CODEC.decode(CODEC.encode(message))).isEqualTo(message);
        } catch (ProtocolFailure e) {
            assertThat(e.kind()).isEqualTo(ProtocolFailure.Kind.MALFORMED);
        }
    }
}
