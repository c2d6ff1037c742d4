package net.pangea.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were measured on. */
final class Environment {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Environment() {}

    static String describe() {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return "processor  " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " usable\n"
                + "system     " + System.getProperty("os.name") + " " + System.getProperty("os.version") + "\n"
                + "JVM        " + System.getProperty("java.vendor.version") + " " + Runtime.version() + "\n"
                + "flags      " + String.join(" ", flags) + "\n"
                + "load       " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                + " at the start";
    }

    private static String processor() {
        if (Files.isReadable(CPU_INFO)) {
            try (var lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch"); // only a description
            }
        }
        return System.getProperty("os.arch");
    }
}
