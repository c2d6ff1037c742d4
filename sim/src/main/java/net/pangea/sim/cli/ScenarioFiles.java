package net.pangea.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.sim.scenario.BadInput;

/** The scenarios that one argument names: a file, or all of a folder. */
final class ScenarioFiles {
    private ScenarioFiles() {}

    static boolean isFolder(String named) {
        return Files.isDirectory(Path.of(named));
    }

    /** {@return the files, by name; at least one} */
    static List<String> of(String named) {
        if (!isFolder(named)) {
            return List.of(named);
        }
        List<String> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of(named))) {
            entries.filter(entry -> entry.toString().endsWith(".yaml"))
                    .sorted()
                    .forEach(entry -> files.add(entry.toString()));
        } catch (IOException e) {
            throw new BadInput("cannot read the folder " + named + ": " + e.getMessage());
        }
        if (files.isEmpty()) {
            throw new BadInput(named + " is a folder without scenarios; theirs are names that end in .yaml");
        }
        return files;
    }
}
