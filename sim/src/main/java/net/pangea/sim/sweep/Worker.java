package net.pangea.sim.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.TimeText;
import net.pangea.sim.report.MalformedOutcome;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs what it is asked to, one after the other: it reads a question, such as a seed, from a line of its input and
 * writes the outcome to a line of its output. It ends when its input ends, so none is left behind when this process dies. One thread at a time.
 */
public final class Worker implements AutoCloseable {
    private static final int LAST_WORDS_MAX = 2_000;

    private final Process process;
    private final Path errors;
    private final Writer questions;
    private final BufferedReader outcomes;
    private volatile boolean isKilled;

    private Worker(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.outcomes = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param command of the process
     */
    public static Worker start(List<String> command) {
        try {
            Path errors = Files.createTempFile("pangea-worker", ".log");
            return new Worker(
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("a worker does not start: " + e.getMessage(), e);
        }
    }

    /**
     * {@return how the run that {@code question} asks for went}
     *
     * @param question one line
     * @param limit after so much real time the worker is killed
     */
    public Outcome run(String question, Duration limit) throws WorkerLost, InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        Thread watch = Thread.ofVirtual().start(() -> killUnless(answered, limit));
        String line = ask(question);
        answered.countDown();
        watch.join();
        if (line == null) {
            int exitCode = process.waitFor();
            throw new WorkerLost(
                    isKilled
                            ? "it did not end within " + TimeText.of(limit) + " of real time"
                            : "its JVM ended with exit code " + exitCode + lastWords());
        }
        try {
            return OutcomeJson.read(line);
        } catch (MalformedOutcome e) {
            throw new WorkerLost("its JVM wrote what is no outcome, " + e.getMessage() + lastWords());
        }
    }

    /** {@return the answer; null if there is none} */
    private @Nullable String ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            return outcomes.readLine();
        } catch (IOException e) {
            return null; // it has ended
        }
    }

    private void killUnless(CountDownLatch answered, Duration limit) {
        try {
            if (!answered.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                isKilled = true;
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        try {
            String all = Files.readString(errors).strip();
            return all.isEmpty() ? "" : ":\n" + all.substring(Math.max(0, all.length() - LAST_WORDS_MAX));
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            // The system empties its folder of temporary files.
        }
    }
}
