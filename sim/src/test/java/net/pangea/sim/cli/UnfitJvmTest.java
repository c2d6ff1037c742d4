package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.host.LeakMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in a JVM that was started without one of the flags. */
class UnfitJvmTest {
    private static final String MISSING = "-Djdk.trackAllThreads=false";

    private static final List<String> OTHERS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.vm=ALL-UNNAMED",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=net.pangea.sim.engine.CommonPoolGuard",
            "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void a_run_ends_with_one_line_that_names_the_missing_flag() throws Exception {
        Path scenario = folder.resolve("story.yaml");
        Files.writeString(scenario, """
                pangea: 1
                story: A story.
                for: 1s
                machines: {node: {count: 12}}
                expect: {finally: [no-leaks]}
                """);

        int exitCode = run(OTHERS, Main.class, "run", scenario.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("err")))
                .startsWith("the simulator needs the JVM flag " + MISSING + " ")
                .hasLineCount(1);
    }

    @Test
    void a_library_user_gets_an_exception_that_says_it_directly() throws Exception {
        int exitCode = run(List.of(), LeakMain.class, "NONE", "1", "1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("err")))
                .contains("UnfitJvm: the simulator needs the JVM flag --add-opens=java.base/java.lang=ALL-UNNAMED ")
                .doesNotContain("ExceptionInInitializerError");
    }

    private int run(List<String> flags, Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        return process.waitFor();
    }
}
