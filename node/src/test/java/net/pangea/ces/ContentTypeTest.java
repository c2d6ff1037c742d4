package net.pangea.ces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContentTypeTest {

    @Test
    void the_first_bytes_tell_the_type() {
        assertType(ContentType.COMPRESSED, "PK\3\4....", "\u001f\u008b..");
        assertType(ContentType.IMAGE, "\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff\u00e0", "GIF89a", "GIF8");
        assertType(ContentType.VIDEO, "\0\0\0\u0018ftypmp42", "RIFF....AVI ");
        assertType(ContentType.AUDIO, "\u00ff\u00fb..", "\u00ff\u00f0..", "fLaC\0\0", "RIFF....WAVE");
        assertType(ContentType.BINARY, "\u007fELF\2\1", "MZ\u0090\0");
        assertType(ContentType.TEXT, "Four", "{\"a\":\r\n\t1}", "RIFF", "PK\t\n");
        assertType(ContentType.UNKNOWN, "", "abc", "MZ", "\0\1\2\3", "\u00ff\u00ef\0\0");
    }

    @Test
    void a_signature_that_is_cut_short_is_none() {
        assertType(ContentType.TEXT, "abcdftypmp4", "RIFF....AVI", "RIFF....WAV");
    }

    @Test
    void text_is_more_than_nine_tenths_readable_in_the_first_512_bytes() {
        assertType(ContentType.TEXT, "a".repeat(91) + "\0".repeat(9), "a".repeat(512) + "\0".repeat(512));
        assertType(ContentType.UNKNOWN, "a".repeat(90) + "\0".repeat(10), "a".repeat(8) + "\u000b\u0001");
    }

    @Test
    void levels_are_those_of_the_original_network() {
        assertThat(ContentType.values())
                .extracting(ContentType::compressionLevel)
                .containsExactly(0, 0, 1, 1, 9, 6, 3);
    }

    private static void assertType(ContentType expected, String... heads) {
        for (String head : heads) {
            assertThat(ContentType.of(head.getBytes(ISO_8859_1))).as(head).isEqualTo(expected);
        }
    }
}
