package net.pangea.sim.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.engine.Simulation;

/** A JVM that repeats a run: an ordinary one, or one that differs in everything a run must not depend on. */
enum Repeat {
    PLAIN("forwards"),

    /**
     * Constant identity hash codes, reversed {@code Set.of}, another collector, no shared classes, another time zone,
     * locale, default character set and processor count, and a collection every now and then.
     */
    HOSTILE("backwards");

    /** For the native code of nodes. */
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private static final List<String> HOSTILE_FLAGS = List.of(
            "-XX:+UseParallelGC",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2",
            "-Xshare:off",
            "-XX:ActiveProcessorCount=7",
            "-Duser.timezone=Pacific/Chatham",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Dfile.encoding=ISO-8859-9");

    private final String order;

    Repeat(String order) {
        this.order = order;
    }

    /**
     * Runs {@code mainClass} with the class path of this JVM and waits for its end.
     *
     * @return what it wrote to its output and error stream
     */
    String run(Path agent, String mainClass, List<String> arguments, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Simulation.jvmFlags());
        command.add(NATIVE_ACCESS);
        command.addAll(this == HOSTILE ? HOSTILE_FLAGS : List.of("-XX:+UseSerialGC"));
        command.add("-javaagent:" + agent + "=" + order);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        Path output = folder.resolve(order + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            process.waitFor();
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run was repeated", e);
        }
    }
}
