package net.pangea.cli;

import static net.pangea.cli.Ran.pangea;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import net.pangea.node.NodeSettings;
import net.pangea.object.ObjectFailure;
import org.junit.jupiter.api.Test;

/** The command line itself: what is no command, and what is written about commands. */
class MainTest {
    @Test
    void what_cannot_be_understood_is_one_line() throws InterruptedException {
        pangea("putt").refused(2, "'putt' is no command; './pangea help' lists them");
        pangea("put").refused(2, "something is missing; usage: put FILE...");
        pangea("list", "cat").refused(2, "'cat' is too much; usage: list");
        pangea("get", "a").refused(2, "something is missing; usage: get REF|NAME|ID DEST");
        pangea("put", "a", "--colour").refused(2, "unknown argument '--colour'");
        pangea("put", "a", "--name").refused(2, "--name needs a value");
        pangea("put", "a", "--pin", "--pin").refused(2, "--pin is given twice");
        pangea("put", "a", "b", "--name", "c").refused(2, "--name is for a single file");
        pangea("put", "a\0").refused(2, "'a?' is not a name of a file");
        pangea("list", "--node", "here").refused(2, "--node: 'here' is not HOST:PORT");
        pangea("list", "--node", "no.such.host.invalid:1").refused(2, "--node no.such.host.invalid:1");
        pangea("get", "pangea:1.2#secret", "x").refused(2, "'pangea:1.2...' is no whole reference");
        pangea("get", "", "x").refused(2, "an empty name");
        pangea("get", "a", "x", "--range", "5-4").refused(2, "--range: '5-4' is not FROM-TO");
        pangea("get", "a", "x", "--range", "-4").refused(2, "--range: '-4' is not FROM-TO");
        pangea("renew", "a").refused(2, "--for is missing");
        pangea("renew", "a", "--for", "soon").refused(2, "--for: 'soon' is not a duration");
        pangea("renew", "a", "--for", "0s").refused(2, "--for: '0s' is not a duration");
        pangea("daemon", "--name", "a").refused(2, "pangea daemon: --data is missing");
    }

    @Test
    void after_two_hyphens_all_words_are_plain() throws InterruptedException {
        pangea("put", "--", "--pin").refused(1, "unreadable source: --pin: there is no such file");
    }

    @Test
    void help_shows_every_verb() throws InterruptedException {
        String all = String.join("\n", pangea("help").done());
        for (Verb verb : Main.VERBS) {
            assertThat(all).contains("pangea " + verb.usage());
            assertThat(String.join("\n", pangea(verb.name(), "--help").done()) + "\n")
                    .isEqualTo("pangea " + verb.usage());
            assertThat(verb.usage().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        }
    }

    @Test
    void the_reference_page_says_what_the_program_says() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("pangea.root", ".."), "docs", "CLI.md"));
        for (Verb verb : Main.VERBS) {
            assertThat(page).contains("./pangea " + verb.usage());
        }
        for (String setting : NodeSettings.keys()) {
            assertThat(page).containsPattern("`" + Pattern.quote(setting) + "[`=]");
        }
        for (ObjectFailure.Kind reason : ObjectFailure.Kind.values()) {
            assertThat(page)
                    .contains("`" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "`");
        }
    }

    @Test
    void nothing_that_a_terminal_takes_for_an_order_is_printed() {
        assertThat(Texts.printable("a\u001b[2Jb\nc\u202ed\u00e9")).isEqualTo("a?[2Jb?c?d\u00e9");
    }

    @Test
    void sizes_are_short() {
        assertThat(Texts.size(0)).isEqualTo("0 B");
        assertThat(Texts.size(1_023)).isEqualTo("1023 B");
        assertThat(Texts.size(1_536)).isEqualTo("1.5 KiB");
        assertThat(Texts.size(5L << 30)).isEqualTo("5.0 GiB");
        assertThat(Texts.size(Long.MAX_VALUE)).isEqualTo("8388608.0 TiB");
    }
}
