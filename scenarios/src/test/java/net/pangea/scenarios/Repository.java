package net.pangea.scenarios;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of this repository as they lie on the disk, without what builds and tools leave there. */
final class Repository {
    static final Path ROOT = Path.of(requireNonNull(
            System.getProperty("pangea.root"), "the system property pangea.root names the repository's root"));

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode", ".pangea", "node_modules");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|md|xml|yaml|yml|txt|properties|sh|json|html|css|js|mjs|capnp)"
                    + "|pangea|run|jvm-flags(-vector)?|maven\\.config|\\.editorconfig|\\.gitignore");

    private Repository() {}

    /** {@return the text files, relative to the root, in order} */
    static List<Path> textFiles() {
        Set<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(nameOf(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && TEXT.matcher(nameOf(file)).matches()) {
                        files.add(ROOT.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    /** {@return the text files whose name ends in {@code ending}} */
    static List<Path> textFiles(String ending) {
        return textFiles().stream()
                .filter(file -> file.toString().endsWith(ending))
                .toList();
    }

    /** {@return the scenario files at the top of the folder {@code scenarios}, those a user runs} */
    static List<Path> scenarioFiles() {
        return textFiles(".yaml").stream()
                .filter(file -> Path.of("scenarios").equals(file.getParent()))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
