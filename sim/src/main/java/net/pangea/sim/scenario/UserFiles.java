package net.pangea.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The user's own disk: scenario files and the files that scenarios store. The only class here that reads it, in the
 * harness and before any run.
 */
public final class UserFiles {
    /** They are kept in memory for the whole run. */
    private static final long BYTES_MAX = 1L << 30;

    private static final int TEXT_BYTES_MAX = 16 << 20;

    private UserFiles() {}

    /**
     * {@return the text of a file of the language}
     *
     * @param failure makes an error of what is wrong with it, in words that follow its name
     * @throws BadInput if it cannot be read, or is larger than any scenario
     */
    static String text(String file, Function<String, BadInput> failure) {
        Path path = path(file);
        byte[] bytes;
        // Not readAllBytes: some files never end.
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(TEXT_BYTES_MAX + 1);
        } catch (IOException e) {
            String why = Files.isDirectory(path)
                    ? "is a folder; name a file in it"
                    : Files.exists(path) ? "cannot be read; check its permissions" : "does not exist" + sibling(path);
            throw failure.apply(why);
        }
        if (bytes.length > TEXT_BYTES_MAX) {
            throw failure.apply("is larger than 16 MiB, which no scenario is");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8(file, bytes);
        }
    }

    private static BadInput notUtf8(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer before = CharBuffer.allocate(bytes.length);
        var _ = StandardCharsets.UTF_8.newDecoder().decode(in, before, true);
        String[] lines = before.flip().toString().split("\n", -1);
        Mark mark = new Mark(file, lines.length, lines[lines.length - 1].length() + 1);
        return new BadInput(mark, "this file is not text in UTF-8; save it as UTF-8");
    }

    /**
     * {@return the file that {@code text} names from the folder of the file in {@code mark}}
     *
     * @throws BadInput if that is no relative path
     */
    static String included(Mark mark, String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInput(mark, "'" + text + "' is not a path: " + e.getReason());
        }
        if (path.isAbsolute()) {
            throw new BadInput(
                    mark,
                    "'" + text + "' is not relative; name the file from the folder of this one, so that both can be"
                            + " handed on");
        }
        return Path.of(mark.file()).resolveSibling(path).normalize().toString();
    }

    /** {@return what two names of one file have in common} */
    static String identity(String file) {
        Path path = path(file);
        try {
            return path.toRealPath().toString();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize().toString();
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new BadInput("'" + file + "' is not a path: " + e.getReason());
        }
    }

    private static String sibling(Path file) {
        Path name = file.getFileName();
        Path folder = file.toAbsolutePath().getParent();
        if (name == null || folder == null || !Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            List<String> names = siblings.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(sibling -> sibling.endsWith(".yaml"))
                    .sorted()
                    .toList();
            return Nearest.of(name.toString(), names)
                    .map(near -> "; did you mean '" + file.resolveSibling(near) + "'?")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** {@return the file or folder that {@code text} names from the folder of the file in {@code mark}} */
    static InputPath beside(Mark mark, String text) {
        Path path;
        try {
            path = Path.of(mark.file()).resolveSibling(text).normalize();
        } catch (InvalidPathException e) {
            throw new BadInput(mark, "'" + text + "' is not a path: " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new BadInput(
                    mark, "there is no file or folder '" + text + "' (looked for " + path.toAbsolutePath() + ")");
        }
        if (!Files.isReadable(path)) {
            throw new BadInput(mark, "'" + text + "' cannot be read; check its permissions");
        }
        return new InputPath(fromScenario(mark, text, path), path.toString());
    }

    /** What an included file names is named from the scenario's folder when the scenario is written as one file. */
    private static String fromScenario(Mark mark, String text, Path path) {
        Path folder = Path.of(mark.scenario()).toAbsolutePath().normalize().getParent();
        return mark.file().equals(mark.scenario())
                        || folder == null
                        || Path.of(text).isAbsolute()
                ? text
                : folder.relativize(path.toAbsolutePath().normalize())
                        .toString()
                        .replace('\\', '/');
    }

    /** {@return what is written in {@code file} to name what {@code input} names} */
    static Yaml from(String file, InputPath input) {
        Path folder = Path.of(file).toAbsolutePath().normalize().getParent();
        Path target = Path.of(input.path()).toAbsolutePath().normalize();
        String text =
                folder == null ? target.toString() : folder.relativize(target).toString();
        return new Yaml.Scalar(text.isEmpty() ? "." : text.replace('\\', '/'), new Mark(file, 1, 1));
    }

    /**
     * {@return every file that {@code input} is or holds, sorted by name}
     *
     * @throws BadInput if there is none, they are too large, or one cannot be read
     */
    public static List<InputFile> read(InputPath input, Mark mark) {
        Path root = Path.of(input.path());
        List<InputFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path path : regularFiles(root, input, mark)) {
            String name = root.equals(path)
                    ? String.valueOf(path.getFileName())
                    : root.relativize(path).toString().replace('\\', '/');
            try {
                bytes += Files.size(path);
                if (bytes > BYTES_MAX) {
                    throw new BadInput(mark, "'" + input.text() + "' holds more than 1 GiB; name a smaller folder");
                }
                files.add(new InputFile(name, Files.readAllBytes(path)));
            } catch (IOException e) {
                throw new BadInput(mark, "the file '" + path + "' cannot be read; check its permissions");
            }
        }
        if (files.isEmpty()) {
            throw new BadInput(mark, "the folder '" + input.text() + "' has no files");
        }
        files.sort(Comparator.comparing(InputFile::name));
        return files;
    }

    private static List<Path> regularFiles(Path root, InputPath input, Mark mark) {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput(mark, "the folder '" + input.text() + "' cannot be read; check its permissions");
        }
    }
}
