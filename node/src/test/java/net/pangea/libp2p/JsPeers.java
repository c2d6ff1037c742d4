package net.pangea.libp2p;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process in which peers of js-libp2p run: {@code interop/js/peer.mjs}, installed from npm where it is not yet. Any
 * number of threads may command its peers at once. It ends with this JVM, whatever becomes of it.
 */
public final class JsPeers implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final long EXIT_SECONDS_MAX = 10;

    private final Process process;
    private final Path log;
    private final BufferedWriter commands;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private final Map<Long, Json.Fields> answers = new LinkedHashMap<>();
    private long lastId;
    private boolean ended;

    private JsPeers(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(UTF_8);
    }

    /**
     * Starts a process without a peer. Where js-libp2p cannot be installed the test fails in CI, and is skipped elsewhere.
     */
    public static JsPeers launch() throws IOException, InterruptedException {
        JsInstallation.require();
        Path log = Files.createDirectories(JsInstallation.LOGS).resolve("peers-" + STARTED.incrementAndGet() + ".log");
        Process process = new ProcessBuilder(JsInstallation.NODE.toString(), "peer.mjs")
                .directory(JsInstallation.FOLDER.toFile())
                .redirectError(log.toFile())
                .start();
        JsPeers peers = new JsPeers(process, log);
        Thread _ = Thread.ofPlatform()
                .daemon()
                .name("answers of " + log.getFileName())
                .start(peers::readAnswers);
        return peers;
    }

    /** Starts a peer. */
    public JsPeer start(JsOptions options) throws InterruptedException {
        return JsPeer.of(this, call("start", options.arguments()));
    }

    /** {@return the version of Node that runs the peers} */
    public String nodeVersion() throws InterruptedException {
        return call("versions", Json.Fields.none()).get("node").text();
    }

    /** Lets the process do what it is told, and waits for its answer. */
    Json.Fields call(String command, Json.Fields arguments) throws InterruptedException {
        long id = nextId();
        send(arguments.with("id", id).with("command", command).write());
        Json.Fields answer = answerTo(id, command);
        if (answer.has("error")) {
            throw new JsFailure(command + ": " + answer.get("error").text());
        }
        return answer;
    }

    private long nextId() {
        lock.lock();
        try {
            return ++lastId;
        } finally {
            lock.unlock();
        }
    }

    private void send(String line) {
        writing.lock();
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new JsFailure("the process of the peers takes no more commands: " + log);
        } finally {
            writing.unlock();
        }
    }

    private Json.Fields answerTo(long id, String command) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!answers.containsKey(id)) {
                if (ended) {
                    throw new JsFailure(command + ": the process of the peers has ended: " + log);
                }
                answered.await();
            }
            return answers.remove(id);
        } finally {
            lock.unlock();
        }
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().map(Json::parse).forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            process.destroyForcibly(); // the pipe broke: nothing it answers can be had
        } finally {
            end();
        }
    }

    private void take(Json answer) {
        lock.lock();
        try {
            answers.put(answer.get("id").number().longValueExact(), (Json.Fields) answer);
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process and with it every peer, at once: no peer says goodbye. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroyForcibly(); // it has ended, or its input is broken
        }
        try {
            if (!process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
