package net.pangea.bench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import net.pangea.manifest.ObjectLimits;
import net.pangea.node.Quantity;

/**
 * What {@code bench stream} is asked to run.
 *
 * @param sizeBytes of the object
 * @param folder in which a folder for the nodes is made
 */
record StreamOptions(long sizeBytes, Path folder) {
    private static final long USUAL_BYTES = 5L << 30;

    static StreamOptions parse(String... arguments) {
        StreamOptions options = new StreamOptions(USUAL_BYTES, Path.of(System.getProperty("java.io.tmpdir")));
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (!flag.equals("--size") && !flag.equals("--folder")) {
                throw new BadInput("unknown argument '" + flag + "': --size or --folder");
            }
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            String value = arguments[i + 1];
            options = flag.equals("--size")
                    ? new StreamOptions(size(value), options.folder)
                    : new StreamOptions(options.sizeBytes, path(value));
        }
        return options;
    }

    static long size(String text) {
        return Quantity.bytes(text)
                .filter(bytes -> bytes <= ObjectLimits.MAX_OBJECT_BYTES)
                .orElseThrow(() -> new BadInput("a size is 0B to 256GiB, for instance 512MiB, not '" + text + "'"));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadInput("--folder: '" + text + "' is not a name of a folder: " + e.getReason());
        }
    }
}
