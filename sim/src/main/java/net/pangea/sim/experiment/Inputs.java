package net.pangea.sim.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.InputFile;
import net.pangea.sim.scenario.InputPath;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Step;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.UserFiles;

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

    /** {@return the files of a workload} */
    public List<InputFile> of(String workload) {
        return files.getOrDefault(workload, List.of());
    }

    /**
     * {@return the files that {@code scenario} names} For the harness, before a run.
     *
     * @throws net.pangea.sim.scenario.BadInput if there are none, too many, or one cannot be read
     */
    public static Inputs read(Resolved scenario) {
        Map<String, List<InputFile>> files = new LinkedHashMap<>();
        MessageDigest digest = Sha256.digest();
        for (Step step : scenario.workload()) {
            Arguments with = step.arguments();
            if (with.isWritten(PATH)) {
                List<InputFile> read = UserFiles.read(with.get(PATH), with.markOf(PATH));
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
}
