package net.pangea.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    private static final Keys KEYS = Keys.draw(new SeededSecrets(1));

    @Property(tries = 100)
    void keys_are_what_their_text_says(@ForAll @Size(32) byte[] seed, @ForAll @Size(32) byte[] master) {
        Keys keys = new Keys(Bytes.copyOf(seed), new MasterKey(Bytes.copyOf(master)));

        assertThat(KeyText.of(keys)).matches("pangea-keys-1:[0-9a-f]{128}:[0-9a-f]{16}");
        assertThat(KeyText.parse(KeyText.of(keys))).isEqualTo(keys);
        assertThat(KeyText.parse("  " + KeyText.of(keys).toUpperCase(Locale.ROOT) + "\r\n"))
                .isEqualTo(keys);
    }

    /** What was written on paper once must be readable for ever. */
    @Test
    void the_text_of_keys_never_changes() {
        Keys zero = new Keys(Bytes.wrap(new byte[32]), new MasterKey(Bytes.wrap(new byte[32])));

        assertThat(KeyText.of(zero)).isEqualTo("pangea-keys-1:" + "0".repeat(128) + ":9f2b97bbd57019f2");
    }

    @Test
    void every_other_digit_is_noticed() {
        String text = KeyText.of(KEYS);
        for (int i = 0; i < text.length(); i++) {
            String slip = text.substring(0, i) + (text.charAt(i) == '7' ? '8' : '7') + text.substring(i + 1);
            assertThatExceptionOfType(KeyFailure.class).isThrownBy(() -> KeyText.parse(slip));
        }
    }

    @Test
    void a_text_that_is_none_says_what_to_do_and_no_secret() {
        String text = KeyText.of(KEYS);
        assertRefused("", "whole line");
        assertRefused("ssh-ed25519 AAAA", "begin with pangea-keys-1:");
        assertRefused(text.replace("keys-1:", "keys-2:"), "another version");
        assertRefused(text.substring(0, 50), "second colon");
        assertRefused(text.substring(0, text.lastIndexOf(':')), "second colon");
        assertRefused(text.substring(0, 40) + text.substring(42), "126 characters");
        assertRefused(text.replaceFirst(":[0-9a-f]", ":g"), "hexadecimal");
        assertRefused(text.substring(0, text.length() - 1), "slip");
        assertRefused(text + "0", "slip");
    }

    private static void assertRefused(String text, String advice) {
        assertThatExceptionOfType(KeyFailure.class)
                .isThrownBy(() -> KeyText.parse(text))
                .withMessageContaining(advice)
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(KeyFailure.Kind.BAD_TEXT);
                    assertThat(failure.getMessage())
                            .doesNotContain(KEYS.master().bytes().hex().substring(0, 8));
                });
    }
}
