package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class WithoutVectorsTest {

    /** Prints which kernel a machine with vectors gets, and a digest of what coding gives. */
    static final class Probe {
        private Probe() {}

        public static void main(String... arguments) {
            System.out.println(words());
        }

        static List<String> words() {
            ShardBuffer stripe = ShardBuffer.padded(12, 10_000);
            RandomStream.of(42, "probe").fill(stripe.bytes());
            new ReedSolomon(8, 4, 512).encode(stripe);
            return List.of(
                    Kernel.of(512).getClass().getSimpleName(), Integer.toHexString(Arrays.hashCode(stripe.bytes())));
        }
    }

    @Test
    void a_jvm_without_the_module_takes_the_tables_and_gives_the_same_bytes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Probe.words().getFirst()).isEqualTo("VectorKernel");
        assertThat(output.strip()).isEqualTo("[PackedTables, " + Probe.words().getLast() + "]");
    }
}
