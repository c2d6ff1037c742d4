package net.pangea.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run in a JVM of its own, with the flags of this one: no run then sees what another one left behind. */
final class Child {
    private Child() {}

    static Sample run(Variant variant, int nodes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("run", variant.word(), Integer.toString(nodes)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> output;
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output = reader.lines().toList();
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(variant.word() + " of " + nodes + " nodes ended with " + status + ":\n"
                    + String.join("\n", output));
        }
        return Sample.parse(output);
    }
}
