package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Limits;

class ObjectKeysTest {
    private static final Sha256 PLACEMENT = Sha256.of(Bytes.EMPTY);
    private static final DataKey KEY = new DataKey(Bytes.wrap(new byte[32]));

    @Property(tries = 50)
    void a_reference_is_what_its_text_says(@ForAll @Size(32) byte[] id, @ForAll @Size(32) byte[] key) {
        ObjectRef ref = new ObjectRef(new Sha256(Bytes.copyOf(id)), new DataKey(Bytes.copyOf(key)));

        assertThat(ref.text()).matches("pangea:[0-9a-f]{64}#[0-9a-f]{64}");
        assertThat(ObjectRef.parse(ref.text())).contains(ref);
    }

    @Example
    void other_texts_are_no_reference() {
        String good = new ObjectRef(PLACEMENT, KEY).text();

        assertThat(List.of(
                        "",
                        "pangea:",
                        good.substring(1),
                        good.substring(0, good.length() - 1),
                        good + "0",
                        good.replace('#', ':'),
                        good.toUpperCase(Locale.ROOT),
                        good.replace("00", "0g")))
                .allSatisfy(text -> assertThat(ObjectRef.parse(text)).isEmpty());
    }

    @Example
    void neither_reference_nor_key_print_the_key() {
        assertThat(new ObjectRef(PLACEMENT, KEY).toString()).doesNotContain("#").doesNotContain("0000000000");
        assertThat(KEY.toString()).doesNotContain("0");
    }

    @Example
    void a_segment_key_is_hkdf_of_rfc_5869() throws GeneralSecurityException {
        byte[] extracted = hmac(PLACEMENT.bytes().toArray(), KEY.bytes().toArray());
        Bytes info = new ByteWriter()
                .raw(Bytes.wrap("pangea segment".getBytes(StandardCharsets.US_ASCII)))
                .u8(1)
                .u32(7)
                .u8(1)
                .u8(1) // the block counter of the expansion
                .toBytes();

        assertThat(KEY.segmentKey(PLACEMENT, 7, true)).isEqualTo(hmac(extracted, info.toArray()));
    }

    @Example
    void every_place_of_every_object_has_a_key_of_its_own() {
        List<Bytes> keys = new ArrayList<>();
        for (Sha256 placement : List.of(PLACEMENT, Sha256.of(PLACEMENT.bytes()))) {
            keys.add(Bytes.wrap(KEY.headerKey(placement)));
            for (int index = 0; index < 3; index++) {
                keys.add(Bytes.wrap(KEY.segmentKey(placement, index, false)));
                keys.add(Bytes.wrap(KEY.segmentKey(placement, index, true)));
            }
        }

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void a_header_opens_with_its_key_only(
            @ForAll @StringLength(max = 60) String name,
            @ForAll @LongRange(max = Limits.MAX_OBJECT_BYTES) long sizeBytes,
            @ForAll @IntRange(max = Header.SEALED_BYTES - 1) int where) {
        Header header = new Header(name, sizeBytes);
        SecureRandom secrets = new SecureRandom();
        Bytes sealed = header.seal(KEY, PLACEMENT, secrets);

        assertThat(sealed.size()).isEqualTo(Header.SEALED_BYTES);
        assertThat(Header.open(sealed, KEY, PLACEMENT, secrets)).contains(header);
        byte[] changed = sealed.toArray();
        changed[where] ^= 1;
        assertThat(Header.open(Bytes.wrap(changed), KEY, PLACEMENT, secrets)).isEmpty();
        assertThat(Header.open(sealed, new DataKey(PLACEMENT.bytes()), PLACEMENT, secrets))
                .isEmpty();
    }

    @Example
    void redundancy_is_what_its_text_says() {
        assertThat(Redundancy.parse("8+4")).contains(new Redundancy(8, 4, 10));
        assertThat(Redundancy.parse("1+1")).contains(new Redundancy(1, 1, 2));
        assertThat(List.of("8", "8+", "+4", "0+4", "8+0", "200+100", "8+4 ", "-1+4"))
                .allSatisfy(text -> assertThat(Redundancy.parse(text)).isEmpty());
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
