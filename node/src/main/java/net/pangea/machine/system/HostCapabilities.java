package net.pangea.machine.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pangea.machine.Capabilities;

/** Asks the host, once at the start of a machine, what it can do. */
final class HostCapabilities {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private HostCapabilities() {}

    static Capabilities detect() {
        Runtime runtime = Runtime.getRuntime();
        return new Capabilities(
                runtime.availableProcessors(),
                runtime.maxMemory(),
                isOptimizing(System.getProperty("java.vm.info", ""))
                        ? vectorBits(System.getProperty("os.arch", ""))
                        : 0);
    }

    /**
     * {@return whether a JVM that so describes itself has the compiler that makes instructions of vectors} Without it
     * they are objects, and coding with them is a thousand times slower than without.
     */
    static boolean isOptimizing(String jvmInfo) {
        return !jvmInfo.startsWith("interpreted mode") && !jvmInfo.contains("emulated-client");
    }

    private static int vectorBits(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> x86VectorBits(cpuFlags());
            case "aarch64" -> 128; // NEON is part of the architecture
            default -> 0;
        };
    }

    /** SSE2 is part of the architecture; 512 bits only with the instructions on bytes that coding needs. */
    static int x86VectorBits(List<String> flags) {
        if (flags.contains("avx512f") && flags.contains("avx512bw")) {
            return 512;
        }
        return flags.contains("avx2") ? 256 : 128;
    }

    private static List<String> cpuFlags() {
        try {
            for (String line : Files.readAllLines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("flags")) {
                    return List.of(line.substring(line.indexOf(':') + 1).trim().split(" "));
                }
            }
        } catch (IOException e) {
            return List.of(); // not Linux: the architecture's baseline holds
        }
        return List.of();
    }
}
