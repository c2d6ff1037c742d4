package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler checks. Each test names every place that breaks its rule. */
class TidyTest {
    // Spelt so that this file does not contain them.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.])/(wor" + "k|roo" + "t|hom" + "e)/");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:abstract|final|sealed|non-sealed|strictfp) )*(?:@?interface|class|record|enum) \\w+");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    @Test
    void lines_have_no_tabs_no_trailing_blanks_and_no_carriage_returns() {
        List<String> wrong = linesOf(Repository.textFiles(), Pattern.compile("[\\t\\r]|[ \\t]$"));

        assertThat(wrong).isEmpty();
    }

    @Test
    void text_ends_with_one_line_end() {
        List<Path> wrong = Repository.textFiles().stream()
                .filter(file -> !Repository.read(file).isEmpty())
                .filter(file -> !Repository.read(file).endsWith("\n")
                        || Repository.read(file).endsWith("\n\n"))
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void nothing_is_left_unfinished() {
        assertThat(linesOf(Repository.textFiles(), UNFINISHED)).isEmpty();
    }

    @Test
    void no_file_names_a_place_on_somebodys_machine() {
        assertThat(linesOf(Repository.textFiles(), MACHINE_PATH)).isEmpty();
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        SortedSet<Path> infos = new TreeSet<>();
        for (Path file : Repository.textFiles(".java")) {
            if (file.toString().contains("src/main/java")) {
                infos.add(file.resolveSibling("package-info.java"));
            }
        }

        assertThat(infos).isNotEmpty().allSatisfy(info -> {
            assertThat(Repository.ROOT.resolve(info)).isRegularFile();
            assertThat(Repository.read(info)).startsWith("/**").contains("@NullMarked");
        });
    }

    @Test
    void every_public_type_is_defined_by_its_comment() {
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.textFiles(".java")) {
            String source = Repository.read(file);
            Matcher type = PUBLIC_TYPE.matcher(source);
            // Test classes are sentences themselves.
            if (!file.toString().contains("src/test/") && type.find() && !isDocumented(source, type.start())) {
                wrong.add(file + ": " + type.group());
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** Whether a comment is the last thing before {@code start}, but for annotations. */
    private static boolean isDocumented(String source, int start) {
        String before = source.substring(0, start).stripTrailing();
        int comment = before.lastIndexOf("*/");
        return comment >= 0
                && before.substring(0, comment).contains("/**")
                && before.substring(comment + 2).lines().allMatch(line -> line.isBlank() || line.matches("[@ )\"}].*"));
    }

    @Test
    void every_document_has_one_title() {
        List<Path> wrong = Repository.textFiles(".md").stream()
                .filter(file -> withoutFences(Repository.read(file))
                                .lines()
                                .filter(line -> line.startsWith("# "))
                                .count()
                        != 1)
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void links_in_documents_resolve() {
        List<String> broken = new ArrayList<>();
        for (Path document : Repository.textFiles(".md")) {
            Matcher link = LINK.matcher(withoutFences(Repository.read(document)));
            while (link.find()) {
                if (!resolves(document, link.group(1))) {
                    broken.add(document + ": " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static boolean resolves(Path document, String link) {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        int hash = link.indexOf('#');
        Path target = hash == 0 ? document : document.resolveSibling(hash < 0 ? link : link.substring(0, hash));
        return Files.exists(Repository.ROOT.resolve(target))
                && (hash < 0 || anchorsOf(target.normalize()).contains(link.substring(hash + 1)));
    }

    /** The anchors that a document's headings have: small letters, digits, hyphens for blanks. */
    private static List<String> anchorsOf(Path document) {
        return withoutFences(Repository.read(document))
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void the_architecture_names_every_package() {
        String architecture = Repository.read(Path.of("ARCHITECTURE.md"));
        SortedSet<String> packages = new TreeSet<>();
        for (Path file : Repository.textFiles("package-info.java")) {
            Matcher name = PACKAGE.matcher(Repository.read(file));
            if (file.toString().contains("src/main/java") && name.find()) {
                packages.add(name.group(1).replace("net.pangea.", ""));
            }
        }

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(architecture).contains("`" + name + "`"));
    }

    @Test
    void every_scenario_file_is_run_by_a_test() {
        List<String> tests = Repository.textFiles("Test.java").stream()
                .filter(file -> file.startsWith("scenarios") && !file.endsWith("TidyTest.java"))
                .map(Repository::read)
                .toList();
        List<Path> wrong = Repository.scenarioFiles().stream()
                .filter(file -> tests.stream()
                        .noneMatch(test ->
                                test.contains("Repository.scenarioFiles()") || test.contains(Repository.nameOf(file))))
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void this_jvm_runs_with_the_flags_of_the_launcher() {
        List<String> flags = Stream.of("config/jvm-flags", "config/jvm-flags-vector")
                .map(Path::of)
                .flatMap(file -> Repository.read(file).lines())
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        assertThat(flags).isNotEmpty();
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(flags);
    }

    private static String withoutFences(String document) {
        return FENCE.matcher(document).replaceAll("");
    }

    private static List<String> linesOf(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            // Not lines(): it would take a carriage return for a line's end.
            String[] lines = Repository.read(file).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (pattern.matcher(lines[i]).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines[i]);
                }
            }
        }
        return found;
    }
}
