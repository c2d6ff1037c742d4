package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "shards/0f/0f3a.1.tmp", "...", "..a", ".a", "a.", "A-Z_09"})
    void names_with_slashes_between_them_are_a_path(String path) {
        assertThatCode(() -> Disk.requireValid(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/a", "a/", "a//b", ".", "..", "a/.", "a/../b", "./a", "a b", "a\\b", "ä", "a:b", "a\0"})
    void anything_else_is_refused(String path) {
        assertThatThrownBy(() -> Disk.requireValid(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + path + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a b"})
    void a_single_name_has_no_slash_and_is_not_empty(String name) {
        assertThat(Disk.isValidName(name)).isFalse();
        assertThat(Disk.isValidName("a" + name.length())).isTrue();
    }
}
