package net.pangea.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.pangea.multiformats.Multiaddr;

/** A node that is a process of its own, in so little memory as it is given. */
final class DaemonProcess implements AutoCloseable {
    private static final String LISTENING = "listening ";
    private static final String READY = "ready ";

    private final Process process;
    private final List<Multiaddr> addresses = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private String place = "";

    private DaemonProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one that is ready, and whose output nobody has to read.
     *
     * @param memory flags of its JVM
     */
    static DaemonProcess start(List<String> memory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(memory);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
        command.addAll(List.of(arguments));
        DaemonProcess daemon = new DaemonProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        BufferedReader out = daemon.process.inputReader(StandardCharsets.UTF_8);
        daemon.awaitReady(out);
        Thread _ = Thread.ofVirtual()
                .start(() ->
                        out.lines().filter(line -> !line.startsWith("event ")).forEach(daemon.said::add));
        return daemon;
    }

    private void awaitReady(BufferedReader out) throws IOException {
        while (place.isEmpty()) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("it has ended and said " + said);
            }
            said.add(line);
            if (line.startsWith(LISTENING)) {
                addresses.add(Multiaddr.parse(line.substring(LISTENING.length())));
            } else if (line.startsWith(READY)) {
                place = line.substring(line.lastIndexOf(' ') + 1);
            }
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** {@return where its user reaches it} */
    String place() {
        return place;
    }

    /** {@return where peers reach it, with its id} */
    List<Multiaddr> addresses() {
        return addresses;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return what it has said but for events} */
    List<String> said() {
        return List.copyOf(said);
    }

    /** {@return how many bytes its objects take, without what is garbage} */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> said = jcmd.inputReader(StandardCharsets.UTF_8).lines().toList();
        return said.stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() ->
                        new IOException("jcmd said " + said.stream().limit(3).toList()));
    }

    /** {@return how much of this computer's memory it takes, where the system tells} */
    OptionalLong residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst();
    }

    @Override
    public void close() {
        Process _ = process.destroyForcibly().onExit().join();
    }
}
