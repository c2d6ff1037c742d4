package net.pangea.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/** The {@code capnp} command of Cap'n Proto itself, where it is installed, with our schema. */
record CapnpTool(Path command) {
    private static final Path SCHEMA =
            Path.of(System.getProperty("pangea.root"), "schema", "src", "main", "schema", "pangea.capnp");

    /** {@return the command that the shell would find} */
    static Optional<CapnpTool> find() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path command = Path.of(folder, "capnp");
            if (!folder.isEmpty() && Files.isExecutable(command)) {
                return Optional.of(new CapnpTool(command));
            }
        }
        return Optional.empty();
    }

    /** {@return what the tool reads in a message, in one line} */
    String decode(Bytes message) throws IOException, InterruptedException {
        byte[] text = run(List.of("decode", "--short", SCHEMA.toString(), "PeerMessage"), message.toArray());
        return new String(text, StandardCharsets.UTF_8).strip();
    }

    /** {@return the message that the tool makes of a text} */
    Bytes encode(String text) throws IOException, InterruptedException {
        return Bytes.wrap(
                run(List.of("encode", SCHEMA.toString(), "PeerMessage"), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return the message in the one form that it has for signing and comparing} */
    Bytes canonical(Bytes message) throws IOException, InterruptedException {
        return Bytes.wrap(
                run(List.of("convert", "binary:canonical", SCHEMA.toString(), "PeerMessage"), message.toArray()));
    }

    private byte[] run(List<String> arguments, byte[] input) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(arguments);
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + line);
        }
        return output;
    }
}
