package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void a_value_reads_back_as_it_was_written() {
        Json value = Json.Fields.none()
                .with("text", "quotes \" and \\ and \n and \u00e9")
                .with("number", 1L << 60)
                .with("flag", true)
                .with("list", List.of("a", "b"))
                .with("inner", Json.Fields.none().with("nothing", Json.Word.NULL));

        assertThat(Json.parse(value.write())).isEqualTo(value);
    }

    @Test
    void blanks_escapes_and_fractions_are_read() {
        Json value = Json.parse(" { \"a\" : [ 1.5e1 , \"\\u0041\\n\" , false , null ] } ");

        List<Json> items = value.get("a").items();
        assertThat(items.get(0).number()).isEqualByComparingTo("15");
        assertThat(items.get(1).text()).isEqualTo("A\n");
        assertThat(items.get(2).flag()).isFalse();
        assertThat(items.get(3).textOrNull()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "[1 2]", "\"open", "\"\\x\"", "tru", "1 2", "{1:2}", "-"})
    void what_is_no_json_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text)).withMessageContaining("no JSON");
    }
}
