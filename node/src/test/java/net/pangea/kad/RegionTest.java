package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.Test;

class RegionTest {
    @Property
    void a_key_is_in_its_region_and_no_other(@ForAll byte[] name, @ForAll @IntRange(max = Region.BITS_MAX) int bits) {
        Key key = Key.of(Bytes.copyOf(name));
        Region region = Region.of(key, bits);

        assertThat(region.contains(key)).isTrue();
        assertThat(region.contains(region.first())).isTrue();
        assertThat(region.first()).isLessThanOrEqualTo(key);
        assertThat(region.next().contains(key)).isEqualTo(bits == 0);
    }

    @Test
    void regions_lie_around_the_whole_key_space() {
        Region first = Region.of(Key.of(Bytes.EMPTY), 4);
        Region at = first;
        for (int i = 0; i < 15; i++) {
            at = at.next();
            assertThat(at).isNotEqualTo(first);
        }
        assertThat(at.next()).isEqualTo(first);
    }

    @Test
    void a_region_has_twice_the_peers_that_are_told_and_few_thousand_keys() {
        assertThat(Region.bitsFor(1, 0)).isZero();
        assertThat(Region.bitsFor(79, 2_048)).isZero();
        assertThat(Region.bitsFor(80, 0)).isEqualTo(1);
        assertThat(Region.bitsFor(1_000, 0)).isEqualTo(4);
        assertThat(Region.bitsFor(50, 33_333)).isEqualTo(5);
        assertThat(Region.bitsFor(1_000_000, 0)).isEqualTo(14);
        assertThat(Region.bitsFor(Long.MAX_VALUE, 0)).isEqualTo(Region.BITS_MAX);
    }
}
