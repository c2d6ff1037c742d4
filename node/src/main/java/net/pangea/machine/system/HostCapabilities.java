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
        String architecture = System.getProperty("os.arch", "");
        List<String> features = cpuFeatures();
        return new Capabilities(
                runtime.availableProcessors(),
                runtime.maxMemory(),
                isOptimizing(System.getProperty("java.vm.info", "")) ? vectorBits(architecture, features) : 0,
                aes(architecture, features));
    }

    /**
     * {@return whether a JVM that so describes itself has the compiler that makes instructions of vectors} Without it
     * they are objects, and coding with them is a thousand times slower than without.
     */
    static boolean isOptimizing(String jvmInfo) {
        return !jvmInfo.startsWith("interpreted mode") && !jvmInfo.contains("emulated-client");
    }

    private static int vectorBits(String architecture, List<String> features) {
        return switch (architecture) {
            case "amd64", "x86_64" -> x86VectorBits(features);
            case "aarch64" -> 128; // NEON is part of the architecture
            default -> 0;
        };
    }

    /** GCM needs both AES and the carry-less multiplication. Where the system names no features, none is assumed. */
    static boolean aes(String architecture, List<String> features) {
        return switch (architecture) {
            case "amd64", "x86_64" -> features.contains("aes") && features.contains("pclmulqdq");
            case "aarch64" -> features.contains("aes") && features.contains("pmull");
            default -> false;
        };
    }

    /** SSE2 is part of the architecture; 512 bits only with the instructions on bytes that coding needs. */
    static int x86VectorBits(List<String> flags) {
        if (flags.contains("avx512f") && flags.contains("avx512bw")) {
            return 512;
        }
        return flags.contains("avx2") ? 256 : 128;
    }

    private static List<String> cpuFeatures() {
        try {
            for (String line : Files.readAllLines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
                // x86 and ARM differ in the word; all processors of a machine are alike.
                if (line.startsWith("flags") || line.startsWith("Features")) {
                    return List.of(line.substring(line.indexOf(':') + 1).trim().split(" "));
                }
            }
        } catch (IOException e) {
            return List.of(); // not Linux: the architecture's baseline holds
        }
        return List.of();
    }
}
