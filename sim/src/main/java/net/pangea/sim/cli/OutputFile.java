package net.pangea.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import net.pangea.sim.scenario.BadInput;

/** A file that a command writes for the user. */
final class OutputFile {
    private OutputFile() {}

    /** {@return the path, once it is sure that a file can be written there} Known before anything runs. */
    static Path check(String flag, String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInput(flag + ": '" + text + "' is not a path");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInput(flag + ": there is no folder " + folder + "; make it first");
        }
        if (Files.isDirectory(path)) {
            throw new BadInput(flag + ": " + text + " is a folder; name a file in it");
        }
        if (!Files.isWritable(Files.exists(path) ? path : folder)) {
            throw new BadInput(flag + ": " + text + " cannot be written; check its permissions");
        }
        return path;
    }

    /** Refuses to write over what the same command reads or writes. */
    static void requireDifferent(Stream<Path> paths) {
        Set<Path> seen = new HashSet<>(); // looked up, never iterated
        paths.forEach(path -> {
            if (!seen.add(path.toAbsolutePath().normalize())) {
                throw new BadInput(path + " is named twice; each file needs a name of its own");
            }
        });
    }

    /** Writes a file, which may fail. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    /** Writes {@code content}, all of it or nothing. */
    static void write(Path path, String content) {
        write(path, file -> Files.writeString(file, content));
    }

    /** Writes {@code content}, all of it or nothing. */
    static void write(Path path, Content content) {
        Path whole = path.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            content.writeTo(part);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BadInput("cannot write " + path + ": " + e.getMessage());
        }
    }
}
