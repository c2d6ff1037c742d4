package net.pangea.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;

class ObjectRefTest {

    @Property(tries = 50)
    void a_reference_is_what_its_text_says(
            @ForAll @Size(32) byte[] id, @ForAll @Size(32) byte[] place, @ForAll @Size(32) byte[] key) {
        ObjectRef ref = new ObjectRef(
                new Sha256(Bytes.copyOf(id)), new Sha256(Bytes.copyOf(place)), new DataKey(Bytes.copyOf(key)));

        assertThat(ref.text()).matches("pangea:[0-9a-f]{64}\\.[0-9a-f]{64}#[0-9a-f]{64}");
        assertThat(ObjectRef.parse(ref.text())).contains(ref);
    }

    @Property(tries = 300)
    void any_text_is_a_reference_or_none(@ForAll String text) {
        assertThat(ObjectRef.parse(text)).isEmpty();
        assertThat(ObjectRef.parse("pangea:" + text)).isEmpty();
    }

    @Example
    void other_texts_are_no_reference() {
        String good = Examples.ENTRY.ref().text();

        assertThat(List.of(
                        "",
                        "pangea:",
                        "pangea:#.",
                        "pangea:.#",
                        good.substring(1),
                        good.substring(0, good.length() - 1),
                        good + "0",
                        good.replace('#', '.'),
                        good.replace('.', '#'),
                        good.replace(".", ""),
                        good.toUpperCase(Locale.ROOT)))
                .allSatisfy(text -> assertThat(ObjectRef.parse(text)).isEmpty());
    }

    @Example
    void a_reference_prints_no_key() {
        assertThat(Examples.ENTRY.ref().toString())
                .isEqualTo("pangea:" + Examples.MANIFEST.id().hex());
        assertThat(Examples.ENTRY.toString())
                .doesNotContain(Examples.KEY.bytes().hex());
    }
}
