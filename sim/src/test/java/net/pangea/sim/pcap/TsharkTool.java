package net.pangea.sim.pcap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code tshark} command of Wireshark, where it is installed, over one capture. It verifies every checksum, and takes
 * what nodes say to each other for mere bytes: its guesses at encrypted ones are none of ours.
 */
record TsharkTool(Path command, Path capture, Path settings) {

    /**
     * {@return the command that the shell would find}
     *
     * @param settings an empty folder: those of the user do not count
     */
    static Optional<TsharkTool> find(Path capture, Path settings) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path command = Path.of(folder, "tshark");
            if (!folder.isEmpty() && Files.isExecutable(command)) {
                return Optional.of(new TsharkTool(command, capture, settings));
            }
        }
        return Optional.empty();
    }

    /** {@return the fields of the packets that a display filter lets through, separated by tabs} */
    List<String> fields(String filter, String... fields) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-N", "n", "-Y", filter, "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return run(arguments);
    }

    /** {@return the bytes of a TCP stream in hexadecimal: what its client sent, then what its server sent} */
    List<String> follow(int stream) throws IOException, InterruptedException {
        StringBuilder forth = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (String line : run(List.of("-q", "-z", "follow,tcp,raw," + stream))) {
            if (line.matches("\t[0-9a-f]+")) {
                back.append(line.strip());
            } else if (line.matches("[0-9a-f]+")) {
                forth.append(line);
            }
        }
        return List.of(forth.toString(), back.toString());
    }

    private List<String> run(List<String> arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                command.toString(),
                "-r",
                capture.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-d",
                "tcp.port==4001,data",
                "-d",
                "tcp.port==4002,data"));
        line.addAll(arguments);
        Path complaints = settings.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(complaints.toFile());
        builder.environment().put("WIRESHARK_CONFIG_DIR", settings.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + line + "\n" + Files.readString(complaints));
        }
        return output;
    }
}
