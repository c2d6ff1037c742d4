package net.pangea.sim.scenario;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path relative to the scenario's file. Reads the user's disk, in the harness and before any run. */
record PathType() implements Type<InputPath> {
    @Override
    public String words() {
        return "a file or folder, relative to this file";
    }

    @Override
    public InputPath read(Yaml yaml) {
        String text = Type.textOf(yaml, words());
        Path path;
        try {
            path = Path.of(yaml.mark().file()).resolveSibling(text).normalize();
        } catch (InvalidPathException e) {
            throw new BadInput(yaml.mark(), "'" + text + "' is not a path: " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new BadInput(yaml.mark(), "there is no file or folder '" + text + "' (looked for "
                    + path.toAbsolutePath() + ")");
        }
        if (!Files.isReadable(path)) {
            throw new BadInput(yaml.mark(), "'" + text + "' cannot be read; change its permissions");
        }
        return new InputPath(text, path);
    }

    @Override
    public Yaml write(InputPath value) {
        return Yaml.text(value.text());
    }
}
