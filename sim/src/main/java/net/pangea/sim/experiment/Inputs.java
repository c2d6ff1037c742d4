package net.pangea.sim.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.InputPath;
import net.pangea.sim.scenario.Mark;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Step;
import net.pangea.sim.scenario.Types;

/**
 * The user's own files that a scenario stores, read once, before any run, in sorted order.
 *
 * @param files by the name of the workload
 * @param sha256 over names and contents, in hexadecimal
 */
public record Inputs(Map<String, List<InputFile>> files, String sha256) {
    /** The file or folder of a workload. */
    public static final Param<InputPath> PATH = Param.optional(
            "path", Types.path(), "A file, or a folder with everything in it, relative to this scenario's file.");

    /** They are kept in memory for the whole run. */
    private static final long BYTES_MAX = 1L << 30;

    /** {@return the files of a workload} */
    public List<InputFile> of(String workload) {
        return files.getOrDefault(workload, List.of());
    }

    /**
     * {@return the files that {@code scenario} names} Reads the user's disk; for the harness.
     *
     * @throws BadInput if there are none, too many, or one cannot be read
     */
    public static Inputs read(Resolved scenario) {
        Map<String, List<InputFile>> files = new LinkedHashMap<>();
        MessageDigest digest = Sha256.digest();
        for (Step step : scenario.workload()) {
            Arguments with = step.arguments();
            if (with.isWritten(PATH)) {
                List<InputFile> read = read(with.get(PATH), with.markOf(PATH));
                files.put(step.id(), read);
                read.forEach(file -> update(digest, file));
            }
        }
        return new Inputs(files, HexFormat.of().formatHex(digest.digest()));
    }

    private static void update(MessageDigest digest, InputFile file) {
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        digest.update((name.length + " " + file.content().length + " ").getBytes(StandardCharsets.US_ASCII));
        digest.update(name);
        digest.update(file.content());
    }

    private static List<InputFile> read(InputPath input, Mark mark) {
        Path root = input.path();
        List<InputFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path path : regularFiles(input, mark)) {
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
        files.sort((a, b) -> a.name().compareTo(b.name()));
        return files;
    }

    private static List<Path> regularFiles(InputPath input, Mark mark) {
        try (Stream<Path> walk = Files.walk(input.path())) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput(mark, "the folder '" + input.text() + "' cannot be read; check its permissions");
        }
    }
}
