package net.pangea.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BytesTest {
    private static final byte[] ARRAY = {9, 9, 1, 2, -3, 9};
    private static final Bytes PART = Bytes.wrap(ARRAY, 2, 3);
    private static final Bytes WHOLE = Bytes.wrap(new byte[] {1, 2, -3});

    @Test
    void a_part_of_an_array_is_like_an_array_of_its_own() {
        assertThat(PART).isEqualTo(WHOLE).hasSameHashCodeAs(WHOLE).isEqualByComparingTo(WHOLE);
        assertThat(PART.size()).isEqualTo(3);
        assertThat(PART.at(2)).isEqualTo((byte) -3);
        assertThat(PART.toArray()).containsExactly(1, 2, -3);
        assertThat(PART.asBuffer()).isEqualTo(WHOLE.asBuffer());
        assertThat(PART.asBuffer().get(0)).isEqualTo((byte) 1);
        assertThat(PART.asBuffer().isReadOnly()).isTrue();
        assertThat(PART.slice(1, 3)).isEqualTo(WHOLE.slice(1, 3));
        assertThat(PART.hex()).isEqualTo("0102fd");
        assertThat(Sha256.of(PART, PART)).isEqualTo(Sha256.of(WHOLE, WHOLE));
        assertThat(new ByteWriter().sized(PART).toBytes())
                .isEqualTo(new ByteWriter().sized(WHOLE).toBytes());
        byte[] target = new byte[5];
        PART.copyTo(target, 1);
        assertThat(target).containsExactly(0, 1, 2, -3, 0);
    }

    @Test
    void parts_are_compared_by_their_own_bytes_alone() {
        assertThat(PART.startsWith(Bytes.wrap(ARRAY, 2, 2))).isTrue();
        assertThat(PART.startsWith(Bytes.wrap(ARRAY, 2, 4))).isFalse();
        assertThat(Bytes.wrap(ARRAY, 2, 2)).isNotEqualTo(PART).isLessThan(PART);
        assertThat(Bytes.wrap(ARRAY, 4, 1)).isGreaterThan(PART);
        assertThat(Bytes.wrap(ARRAY, 6, 0)).isEqualTo(Bytes.EMPTY).hasSameHashCodeAs(Bytes.EMPTY);
    }

    @Test
    void nothing_outside_of_a_part_is_reached() {
        assertThatThrownBy(() -> PART.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PART.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PART.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.wrap(ARRAY, 4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
