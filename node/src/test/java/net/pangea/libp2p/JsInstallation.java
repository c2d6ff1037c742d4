package net.pangea.libp2p;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Assumptions;

/** js-libp2p and the Node that runs it, as npm installs them into {@code interop/js/node_modules}. */
final class JsInstallation {
    static final Path ROOT = Path.of(System.getProperty("pangea.root"));
    static final Path FOLDER = ROOT.resolve("interop/js");
    static final Path NODE = FOLDER.resolve("node_modules/.bin/node");
    static final Path LOGS = ROOT.resolve("node/target/js-peers");

    private static final Path LOCK_FILE = FOLDER.resolve("package-lock.json");

    /** What was installed last. npm removes it, with all else there, before it installs. */
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.installed-package-lock.json");

    /** It took 41 s on two busy cores; a slow network takes longer, and none for ever. */
    private static final long INSTALL_MINUTES_MAX = 10;

    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static Optional<String> problem = Optional.empty();
    private static boolean tried;

    private JsInstallation() {}

    /**
     * Installs what is missing, once in this JVM. Where it cannot be done the test ends: it fails where the environment
     * says {@code CI=true}, else it is skipped.
     */
    static void require() throws IOException, InterruptedException {
        ONE_AT_A_TIME.lock();
        try {
            if (!tried) {
                problem = install();
                tried = true;
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
        if (problem.isPresent()) {
            String text = "there is no js-libp2p to test against: " + problem.get();
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(text);
            }
            Assumptions.abort(text);
        }
    }

    /** {@return what went wrong} */
    private static Optional<String> install() throws IOException, InterruptedException {
        Path lock = Files.createDirectories(ROOT.resolve("target")).resolve("js-install.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (Files.exists(INSTALLED) && Files.mismatch(LOCK_FILE, INSTALLED) < 0) {
                return Optional.empty();
            }
            Optional<Path> npm = find("npm");
            if (npm.isEmpty()) {
                return Optional.of("npm is not installed (the package npm)");
            }
            Optional<String> failure = run(npm.get());
            if (failure.isEmpty()) {
                Files.copy(LOCK_FILE, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
            }
            return failure;
        }
    }

    /** No package has a script to run when it is installed, and none that comes later gets to. */
    private static Optional<String> run(Path npm) throws IOException, InterruptedException {
        Path log = Files.createDirectories(LOGS).resolve("npm.log");
        Process process = new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--prefer-offline")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
                return Optional.of("npm ci took more than " + INSTALL_MINUTES_MAX + " minutes: " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
            return Optional.of("npm ci failed: " + log + "\n" + last);
        }
        return Files.isExecutable(NODE)
                ? Optional.empty()
                : Optional.of(
                        "interop/js/package.json names no Node for this platform, only for Linux on x64 and arm64");
    }

    /** {@return the command that the shell would find} */
    private static Optional<Path> find(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path command = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isExecutable(command)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
