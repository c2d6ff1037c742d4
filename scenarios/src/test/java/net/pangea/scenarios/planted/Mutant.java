package net.pangea.scenarios.planted;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.pangea.machine.Machine;
import net.pangea.sim.engine.Simulation;

/** The node with a planted bug in it: a folder of classes that stands first on the class path of a JVM. */
final class Mutant {
    private static final String PACKAGES = "net/pangea";

    private Mutant() {}

    /**
     * Puts all classes of the node into a folder, and the changed one among them, so that the run's fingerprint is not that of
     * the sound node.
     *
     * @throws Patch.Stale if the class is not the one that the bug was made for
     */
    static void write(PlantedBug bug, Path folder) {
        copyNode(folder.resolve(PACKAGES));
        compile(bug, folder);
    }

    /** Compiles the changed class into a folder. */
    static void compile(PlantedBug bug, Path folder) {
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(folder);
            List<String> options = List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-parameters",
                    "-nowarn",
                    "--add-modules=jdk.incubator.vector");
            Source source = new Source(bug.source(), bug.patch().apply(Files.readString(bug.source())));
            if (!compiler.getTask(messages, files, null, options, null, List.of(source))
                    .call()) {
                throw new IllegalStateException("the bug " + bug + " does not compile:\n" + messages);
            }
        } catch (Patch.Stale e) {
            throw new Patch.Stale(bug + " is stale, " + bug.source() + " has changed: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(Path file, String content) {
            super(file.toUri(), JavaFileObject.Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }

    private static void copyNode(Path to) {
        try {
            URI place = Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            if (Files.isDirectory(Path.of(place))) {
                copy(Path.of(place).resolve(PACKAGES), to);
                return;
            }
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
                copy(jar.getPath(PACKAGES), to);
            }
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("cannot copy the node's classes", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /**
     * {@return the beginning of a command that runs the classes in a folder before all others, in a JVM that gets to work
     * fast: most runs are the first in theirs}
     */
    static List<String> java(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Simulation.jvmFlags());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xmx2g",
                "-cp",
                folder + System.getProperty("path.separator") + System.getProperty("java.class.path")));
        return command;
    }
}
