package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

class KeyTest {

    /** The hash is the one that FIPS 180-4 gives as an example. */
    @Example
    void a_key_is_where_the_hash_of_its_bytes_is() {
        Key key = Key.of(Bytes.wrap("abc".getBytes(StandardCharsets.US_ASCII)));

        assertThat(key).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Property(tries = 200)
    void distances_are_exclusive_ors_as_numbers(@ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "keys");
        Key from = Key.of(Ids.random(random));
        Key one = Key.of(Ids.random(random));
        Key other = Key.of(Ids.random(random));

        assertThat(from.compareDistances(one, other))
                .isEqualTo(distance(from, one).compareTo(distance(from, other)));
        assertThat(from.commonPrefix(one))
                .isEqualTo(Key.BITS - distance(from, one).bitLength());
        assertThat(from.distance(one))
                .isEqualTo(one.distance(from))
                .isEqualTo(distance(from, one).doubleValue() * Math.scalb(1.0, -Key.BITS), within(0x1.0p-52));
        assertThat(from.distance(from)).isZero();
        assertThat(from.commonPrefix(from)).isEqualTo(Key.BITS);
    }

    @Property(tries = 100)
    void a_key_in_a_given_part_of_the_key_space_is_found_and_looks_like_a_peer_id(
            @ForAll long seed, @ForAll @IntRange(max = 9) int bits) {
        Key key = Key.of(Ids.random(RandomStream.of(seed, "beside")));

        Bytes beside = KeySearch.beside(key, bits, seed);

        assertThat(Key.of(beside).commonPrefix(key)).isEqualTo(bits);
        assertThat(Key.of(new PeerId(beside))).isEqualTo(Key.of(beside));
    }

    @Example
    void a_part_too_small_to_find_a_key_in_is_not_searched() {
        Key key = Key.of(Bytes.EMPTY);

        assertThatThrownBy(() -> KeySearch.beside(key, KeySearch.BITS_MAX, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger distance(Key one, Key other) {
        return number(one).xor(number(other));
    }

    private static BigInteger number(Key key) {
        return new BigInteger(1, key.position().bytes().toArray());
    }
}
