package net.pangea.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Many connections over TCP with Noise and Yamux, open and idle, at one listener in a JVM of 1 GiB; those who dial are in
 * another.
 */
final class IdleBenchmark {
    private static final String LISTENER_HEAP = "-Xmx1g";
    private static final String DIALER_HEAP = "-Xmx3g";

    /** What a JVM has open by itself, and more. */
    private static final int FILES_BESIDE = 500;

    private static final int END_SECONDS = 20;

    private IdleBenchmark() {}

    /** {@return whether all were open and identified at a time, and answered} */
    static boolean run(IdleOptions options) throws IOException, InterruptedException {
        requireFiles(options.connections());
        System.out.println(Environment.describe());
        String count = Integer.toString(options.connections());
        try (Worker listener = Worker.start(LISTENER_HEAP, "listen", count)) {
            String address = listener.line();
            try (Worker dialer = Worker.start(DIALER_HEAP, "dial", count, address)) {
                for (String line = dialer.line(); !line.equals("all"); line = dialer.line()) {
                    System.out.println("dialled    " + line);
                }
                String open = listener.ask("count");
                String[] heap = listener.ask("heap").split(" ", 4);
                long bytes = Long.parseLong(heap[1]) - Long.parseLong(heap[0]);
                String answered = dialer.ask("ping");
                print(options.connections(), open, bytes, heap, answered);
                return open.equals(count + " " + count) && answered.equals(Integer.toString(IdleHosts.PINGED));
            }
        }
    }

    /** Both ends have a file for each connection, and their processes have the limit of this one. */
    private static void requireFiles(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long most = system.getMaxFileDescriptorCount();
            if (most < connections + FILES_BESIDE) {
                throw new BadInput("a process here may have " + most + " files open, and " + connections
                        + " connections need " + (connections + FILES_BESIDE) + ": raise the limit with ulimit -n, or"
                        + " choose fewer with --connections");
            }
        }
    }

    private static void print(int connections, String open, long bytes, String[] heap, String answered)
            throws IOException {
        String[] both = open.split(" ", 2);
        System.out.printf(
                Locale.ROOT,
                "%nconnections wanted         %10d%nopen at the listener       %10s%nidentified there           %10s%n"
                        + "its heap, MiB              %10.1f%nbytes of heap a connection %10d%n"
                        + "its process, MiB           %10s%nits threads of the system  %10s%n"
                        + "pings answered             %10s of %d%nrefused or ended           %s%n",
                connections,
                both[0],
                both[1],
                bytes / 0x1p20,
                bytes / connections,
                kilobytes(status(heap[2], "VmRSS:")),
                status(heap[2], "Threads:"),
                answered,
                IdleHosts.PINGED,
                heap[3]);
    }

    private static String kilobytes(String text) {
        return text.endsWith(" kB")
                ? String.format(Locale.ROOT, "%.1f", Long.parseLong(text.substring(0, text.length() - 3)) / 1024.0)
                : text;
    }

    /** {@return what Linux says of a process; "?" of another system} */
    private static String status(String process, String what) throws IOException {
        Path file = Path.of("/proc", process, "status");
        if (!Files.isReadable(file)) {
            return "?";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(what))
                    .map(line -> line.substring(what.length()).strip())
                    .findFirst()
                    .orElse("?");
        }
    }

    /** A process of {@link IdleHosts}, which ends when its input does. */
    private record Worker(Process process, PrintStream words, BufferedReader answers) implements AutoCloseable {
        static Worker start(String heap, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> !flag.startsWith("-Xm"))
                    .forEach(command::add);
            command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path"), IdleHosts.class.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Worker(
                    process,
                    new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
                    process.inputReader(StandardCharsets.UTF_8));
        }

        String ask(String word) throws IOException {
            words.println(word);
            return line();
        }

        String line() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("a process ended before it had answered");
            }
            return line;
        }

        @Override
        public void close() {
            words.close();
            Process _ = process.onExit()
                    .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                    .join();
            Process _ = process.destroyForcibly(); // nothing if it has ended
        }
    }
}
