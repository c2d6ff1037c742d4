package net.pangea.sim.cluster.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pangea.node.NodeEvent.NodeStopped;

/**
 * One process with a node, from its start to its end.
 *
 * <p>Two threads of its own read what it writes: events go to the feed, all else is kept for reports. When the process
 * has ended and was not told to, the watcher hears of it.
 */
final class NodeProcess {

    /** Hears what no node should do. Called by the process's own threads. */
    interface Watcher {

        /** The process ended although nobody had told it to. */
        void died(String how);

        /** The process wrote an event that cannot be read. */
        void garbled(String how);
    }

    private static final String EVENT = "event ";
    private static final String READY = "ready ";

    private final String machine;
    private final Process process;
    private final EventFeed feed;
    private final Watcher watcher;
    private final LastLines errors;
    private final CountDownLatch readyOrEnded = new CountDownLatch(1);
    private final Thread outputReader;
    private final Thread errorReader;
    private volatile boolean ready;
    /** Whether the node said that its tasks have ended and its store is closed. */
    private volatile boolean left;
    /** Whether the process was told to end: its end is then no news, and its last line may be torn. */
    private volatile boolean ending;

    private NodeProcess(String machine, Process process, EventFeed feed, LastLines errors, Watcher watcher) {
        this.machine = machine;
        this.process = process;
        this.feed = feed;
        this.errors = errors;
        this.watcher = watcher;
        this.outputReader =
                Thread.ofPlatform().daemon().name(machine + " events").unstarted(this::readOutput);
        this.errorReader =
                Thread.ofPlatform().daemon().name(machine + " errors").unstarted(this::readErrors);
    }

    static NodeProcess start(String machine, ProcessBuilder command, EventFeed feed, LastLines errors, Watcher watcher)
            throws IOException {
        NodeProcess started = new NodeProcess(machine, command.start(), feed, errors, watcher);
        started.errorReader.start();
        started.outputReader.start();
        return started; // its input stays open: the node leaves when that ends, as it does when this process is killed
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            Optional<String> garbled = Optional.empty();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                garbled.ifPresent(watcher::garbled);
                garbled = read(line);
            }
            if (!ending) {
                garbled.ifPresent(watcher::garbled);
            }
        } catch (IOException e) {
            errors.add("its output cannot be read: " + e.getMessage());
        }
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                int _ = process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true; // nobody does that
            }
        }
        joinErrors();
        readyOrEnded.countDown();
        if (!ending) {
            watcher.died("ended by itself with exit status " + process.exitValue() + lastWords());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes one line.
     *
     * @return what is wrong with it
     */
    private Optional<String> read(String line) {
        if (line.startsWith(EVENT)) {
            try {
                var event = EventReader.read(line.substring(EVENT.length()));
                left |= event.name().equals(NodeStopped.NAME);
                feed.emit(machine, event);
            } catch (IllegalArgumentException e) {
                return Optional.of("wrote an event that cannot be read (" + e.getMessage() + "): " + line);
            }
        } else if (line.startsWith(READY)) {
            ready = true;
            readyOrEnded.countDown();
        } else {
            errors.add(line); // the JVM's own words
        }
        return Optional.empty();
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(errors::add);
        } catch (IOException e) {
            errors.add("its errors cannot be read: " + e.getMessage());
        }
    }

    /** The last words are read a little later than the last event. */
    private void joinErrors() {
        try {
            errorReader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String lastWords() {
        return errors.last().isEmpty() ? "" : ": " + errors.last();
    }

    /**
     * Waits until the node accepts clients.
     *
     * @return the exit status if the process ended instead
     */
    Optional<Integer> awaitReady() throws InterruptedException {
        readyOrEnded.await();
        return ready ? Optional.empty() : Optional.of(process.waitFor());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process at once. Every event that it had written has been observed when this returns. */
    void kill() throws InterruptedException {
        ending = true;
        // Not Process.destroyForcibly, which would throw away what the process has written.
        boolean _ = process.toHandle().destroyForcibly();
        int _ = process.waitFor();
        outputReader.join();
    }

    /** As {@link #kill}, without waiting: for the end of this JVM. */
    void abandon() {
        ending = true;
        boolean _ = process.toHandle().destroyForcibly();
    }

    /**
     * Tells the node to leave and waits for it.
     *
     * @return what it left behind
     */
    List<String> leave(Duration limit) throws InterruptedException {
        signal("CONT"); // a paused one hears nothing
        ending = true;
        boolean _ = process.toHandle().destroy();
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            kill();
            return List.of(machine + ": a process that had not ended " + limit.toSeconds() + " s after it was told to");
        }
        outputReader.join();
        return left ? List.of() : List.of(machine + ": tasks that had not ended when the process did" + lastWords());
    }

    /** {@return whether the system delivered the signal} */
    boolean signal(String name) throws InterruptedException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            return false; // a system without that command
        }
    }
}
