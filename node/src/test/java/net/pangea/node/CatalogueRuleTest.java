package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.manifest.CataloguePointer;

class CatalogueRuleTest {
    private static final SigningKey OWNER =
            SigningKey.ofSeed(Sha256.of(Bytes.EMPTY).bytes());
    private static final SigningKey OTHER = SigningKey.ofSeed(OWNER.id().bytes());
    private static final Bytes KEY = CatalogueRecords.keyOf(OWNER.id());
    private static final Bytes VALUE = pointer(OWNER, 5, 1).encode();

    private static CataloguePointer pointer(SigningKey owner, long sequence, long issued) {
        Sha256 some = Sha256.of(owner.id().bytes());
        Bytes wrapped = Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]);
        return CataloguePointer.sign(owner, sequence, issued, issued + 1, some, some, wrapped);
    }

    private static Optional<String> problem(Bytes key, Bytes value) {
        return CatalogueRecords.RULES.problem(key, value, Instant.EPOCH);
    }

    @Example
    void a_pointer_is_valid_under_its_owners_key_whatever_the_time() {
        assertThat(problem(KEY, VALUE)).isEmpty();
        assertThat(CatalogueRecords.RULES.problem(KEY, VALUE, Instant.MAX)).isEmpty();
        assertThat(problem(CatalogueRecords.keyOf(OTHER.id()), VALUE)).contains("the pointer of another owner");
        assertThat(problem(KEY, pointer(OTHER, 6, 1).encode())).contains("the pointer of another owner");
        assertThat(problem(KEY, VALUE.slice(0, VALUE.size() - 1))).isPresent();
        assertThat(problem(KEY, new ByteWriter().raw(VALUE).u8(0).toBytes())).isPresent();
        assertThat(problem(KEY.slice(0, KEY.size() - 1), VALUE)).isPresent();
        assertThat(problem(new ByteWriter().raw(KEY).u8(0).toBytes(), VALUE)).isPresent();
    }

    @Property(tries = 500)
    void a_pointer_with_a_changed_bit_is_not_valid(@ForAll @IntRange(max = 8 * 248 - 1) int bit) {
        byte[] bytes = VALUE.toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(problem(KEY, Bytes.wrap(bytes))).isPresent();
    }

    @Property(tries = 200)
    void the_better_of_two_is_the_same_in_whatever_order_and_none_is_better_than_itself(
            @ForAll @IntRange(min = 1, max = 3) int sequence,
            @ForAll @IntRange(min = 1, max = 3) int issued,
            @ForAll @IntRange(min = 1, max = 3) int otherSequence,
            @ForAll @IntRange(min = 1, max = 3) int otherIssued) {
        Bytes one = pointer(OWNER, sequence, issued).encode();
        Bytes other = pointer(OWNER, otherSequence, otherIssued).encode();

        boolean isBetter = CatalogueRecords.RULES.supersedes(KEY, one, other);
        boolean isWorse = CatalogueRecords.RULES.supersedes(KEY, other, one);

        assertThat(List.of(isBetter, isWorse))
                .isEqualTo(one.equals(other) ? List.of(false, false) : List.of(isBetter, !isBetter));
        if (sequence != otherSequence) {
            assertThat(isBetter).isEqualTo(sequence > otherSequence);
        }
    }
}
