package net.pangea.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.Suite;
import org.junit.jupiter.api.Test;

class DerivedKeysTest {
    private static final Sha256 PLACE = Sha256.of(Bytes.EMPTY);
    private static final Sha256 ELSEWHERE = Sha256.of(PLACE.bytes());
    private static final MasterKey MASTER = MasterKey.draw(new SeededSecrets(1));
    private static final DataKey DATA = DataKey.draw(new SeededSecrets(2));

    /** RFC 5869, appendix A.1, as far as our keys are long. */
    @Test
    void keys_are_derived_as_in_rfc_5869() {
        Bytes secret = Bytes.parseHex("0b".repeat(22)).orElseThrow();
        Bytes salt = Bytes.parseHex("000102030405060708090a0b0c").orElseThrow();
        Bytes info = Bytes.parseHex("f0f1f2f3f4f5f6f7f8f9").orElseThrow();

        assertThat(HexFormat.of().formatHex(Hkdf.derive(secret, salt, info)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    @Test
    void every_place_has_a_key_of_its_own() {
        Set<Bytes> keys = new LinkedHashSet<>();
        int count = 0;
        for (DataKey data : new DataKey[] {DATA, DataKey.draw(new SeededSecrets(3))}) {
            for (Sha256 place : new Sha256[] {PLACE, ELSEWHERE}) {
                for (Suite suite : Suite.values()) {
                    keys.add(Bytes.wrap(data.headerKey(place, suite.code())));
                    count++;
                    for (int index : new int[] {0, 1, 255, 256, 65_535}) {
                        keys.add(Bytes.wrap(data.segmentKey(place, index, false, suite)));
                        keys.add(Bytes.wrap(data.segmentKey(place, index, true, suite)));
                        count += 2;
                    }
                }
            }
        }
        assertThat(keys).hasSize(count).allSatisfy(key -> assertThat(key.size()).isEqualTo(32));
    }

    /** What was derived once must be derived for ever. */
    @Test
    void derived_keys_never_change() {
        DataKey data = new DataKey(Bytes.wrap(new byte[32]));
        MasterKey master = new MasterKey(Bytes.wrap(new byte[32]));

        assertThat(HexFormat.of().formatHex(data.segmentKey(PLACE, 7, true, Suite.XCHACHA20_POLY1305)))
                .isEqualTo("bda511fd2b5adc96c8edb8017ffbe914f7f4fffdf30bc96121a31d8ae120bd1a");
        assertThat(HexFormat.of().formatHex(data.headerKey(PLACE, 1)))
                .isEqualTo("cbb9493e0ffa85a244587283bd44f0ef1fe83d318b326851b3872d1086ba1db5");
        assertThat(master.signingKey().id().hex())
                .isEqualTo("c747b06ec01ec671be09fca3af156ff125f2ea8be21f8aa067fca517e0ef8f30");
    }

    @Test
    void a_wrapped_key_opens_with_its_master_key_and_for_its_object_only() {
        Bytes wrapped = MASTER.wrap(DATA, PLACE, new SeededSecrets(4));

        assertThat(wrapped.size()).isEqualTo(MasterKey.WRAPPED_BYTES);
        assertThat(MASTER.unwrap(wrapped, PLACE, new SeededSecrets(5))).contains(DATA);
        assertThat(MASTER.unwrap(wrapped, ELSEWHERE, new SeededSecrets(5))).isEmpty();
        assertThat(MasterKey.draw(new SeededSecrets(6)).unwrap(wrapped, PLACE, new SeededSecrets(5)))
                .isEmpty();
        assertThat(MASTER.wrap(DATA, PLACE, new SeededSecrets(7))).isNotEqualTo(wrapped);
    }

    @Property(tries = 200)
    void a_wrapped_key_with_another_bit_opens_nothing(
            @ForAll @IntRange(max = 8 * MasterKey.WRAPPED_BYTES - 1) int bit) {
        byte[] wrapped = MASTER.wrap(DATA, PLACE, new SeededSecrets(4)).toArray();
        wrapped[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(MASTER.unwrap(Bytes.wrap(wrapped), PLACE, new SeededSecrets(5)))
                .isEmpty();
    }

    @Property(tries = 70)
    void a_wrapped_key_of_another_size_opens_nothing(@ForAll @IntRange(max = 70) int size) {
        Bytes wrapped = Bytes.wrap(new byte[size]);

        assertThat(MASTER.unwrap(wrapped, PLACE, new SeededSecrets(5))).isEmpty();
    }

    @Test
    void keys_have_32_bytes_and_print_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(Bytes.wrap(new byte[31])));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataKey(Bytes.wrap(new byte[33])));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keys(Bytes.EMPTY, MASTER));
        Keys keys = Keys.draw(new SeededSecrets(8));
        assertThat(keys + "" + keys.master() + DATA + keys.identity())
                .doesNotContain(keys.identitySeed().hex().substring(0, 8))
                .doesNotContain(keys.master().bytes().hex().substring(0, 8))
                .doesNotContain(DATA.bytes().hex().substring(0, 8));
    }
}
