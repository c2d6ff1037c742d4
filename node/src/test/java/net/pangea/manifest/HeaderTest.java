package net.pangea.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import net.pangea.bytes.Bytes;
import net.pangea.keys.DataKey;
import net.pangea.keys.SeededSecrets;

class HeaderTest {
    private static final SecureRandom SECRETS = new SeededSecrets(11);
    private static final Header HEADER =
            new Header("holiday/übersicht.txt", "text/plain", 12_345, Examples.hash("content"), 1_700_000_000_000L);

    @Property(tries = 200)
    void a_sealed_header_opens_with_its_key_and_has_one_size(
            @ForAll @StringLength(max = 255) String name,
            @ForAll @StringLength(max = 63) String mediaType,
            @ForAll @LongRange(min = 0, max = ObjectLimits.MAX_OBJECT_BYTES) long size,
            @ForAll @LongRange(min = 0) long created) {
        Header header = new Header(name, mediaType, size, Examples.hash(name), created);
        Bytes sealed = header.seal(Examples.KEY, Examples.PLACE, SECRETS);

        assertThat(sealed.size()).isEqualTo(Header.SEALED_BYTES);
        assertThat(Header.open(sealed, Examples.KEY, Examples.PLACE, SECRETS)).contains(header);
    }

    @Example
    void the_longest_names_fit() {
        Header header = new Header(
                "n".repeat(ObjectLimits.MAX_NAME_BYTES),
                "m".repeat(ObjectLimits.MAX_MEDIA_TYPE_BYTES),
                ObjectLimits.MAX_OBJECT_BYTES,
                Examples.hash("content"),
                Long.MAX_VALUE);

        assertThat(Header.open(
                        header.seal(Examples.KEY, Examples.PLACE, SECRETS), Examples.KEY, Examples.PLACE, SECRETS))
                .contains(header);
    }

    @Example
    void another_key_or_another_object_opens_nothing() {
        Bytes sealed = HEADER.seal(Examples.KEY, Examples.PLACE, SECRETS);
        DataKey other = DataKey.draw(new SeededSecrets(12));

        assertThat(Header.open(sealed, Examples.KEY, Examples.PLACE, SECRETS)).contains(HEADER);
        assertThat(Header.open(sealed, other, Examples.PLACE, SECRETS)).isEmpty();
        assertThat(Header.open(sealed, Examples.KEY, Examples.hash("elsewhere"), SECRETS))
                .isEmpty();
    }

    @Property(tries = 500)
    void a_changed_byte_opens_nothing(@ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] sealed = HEADER.seal(Examples.KEY, Examples.PLACE, SECRETS).toArray();
        sealed[Math.floorMod(where, sealed.length)] ^= (byte) change;

        assertThat(Header.open(Bytes.wrap(sealed), Examples.KEY, Examples.PLACE, SECRETS))
                .isEmpty();
    }

    @Property(tries = 200)
    void another_size_opens_nothing(@ForAll @IntRange(max = 2 * Header.SEALED_BYTES) int size) {
        byte[] sealed = HEADER.seal(Examples.KEY, Examples.PLACE, SECRETS).toArray();

        assertThat(Header.open(Bytes.wrap(Arrays.copyOf(sealed, size)), Examples.KEY, Examples.PLACE, SECRETS)
                        .isPresent())
                .isEqualTo(size == Header.SEALED_BYTES);
    }

    @Example
    void what_could_not_be_read_cannot_be_made() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Header("n".repeat(1_024), "", 0, Examples.PLACE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Header("é".repeat(512), "", 0, Examples.PLACE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Header("", "", -1, Examples.PLACE, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Header("", "", ObjectLimits.MAX_OBJECT_BYTES + 1, Examples.PLACE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Header("", "m".repeat(256), 0, Examples.PLACE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Header("", "", 0, Examples.PLACE, -1));
    }
}
