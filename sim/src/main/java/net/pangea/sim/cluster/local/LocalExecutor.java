package net.pangea.sim.cluster.local;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.pangea.libp2p.Security;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.node.NodeSettings;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.experiment.Progress;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;

/**
 * Runs experiments on processes of this computer, in real time. Runs do not repeat: the operating system schedules.
 *
 * <p>Messages are not counted: they pass from process to process, and nobody sees them all.
 */
public final class LocalExecutor implements Executor {
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(250);

    /** Added to the checks of a run in which it did not hold, whatever the scenario expects. */
    private static final String KEEP_RUNNING = "always nodes-keep-running";

    /** With less, not even small scenarios run, and nodes fail in ways that look like theirs. */
    private static final long ROOM_BYTES = 64L << 20;

    /** A node refuses what does not fit: with less left, that is what the run met. */
    private static final long FULL_BYTES = 1L << 20;

    /** What sixteen nodes take for what they are just receiving. */
    private static final long SCARCE_BYTES = 16L << 20;

    private final Path parent;
    private final long roomBytes;

    /** Runs in the system's folder for temporary files. */
    public LocalExecutor() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Runs in a folder below {@code parent}. */
    public LocalExecutor(Path parent) {
        this(parent, ROOM_BYTES);
    }

    LocalExecutor(Path parent, long roomBytes) {
        this.parent = parent;
        this.roomBytes = roomBytes;
    }

    @Override
    public String name() {
        return LocalCluster.KIND;
    }

    @Override
    public Set<Policy> policies() {
        return Set.of();
    }

    @Override
    public boolean traces() {
        return false;
    }

    @Override
    public boolean captures() {
        return false;
    }

    @Override
    public Execution run(Experiment experiment, RunSettings settings, Progress progress) {
        long startNanos = System.nanoTime();
        requireReal(experiment.scenario());
        Folders.requireRoom(parent, roomBytes);
        try (LocalCluster cluster = LocalCluster.open(experiment.scenario(), parent)) {
            try {
                Findings findings =
                        cluster.controller().run("experiment", () -> watched(experiment, cluster, progress));
                return execution(cluster, findings, startNanos);
            } catch (BadInput e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return invalid(cluster, "interrupted", startNanos);
            } catch (Exception e) {
                return invalid(cluster, stackOf(e), startNanos);
            }
        }
    }

    /** Before anything is started: every node would refuse it. */
    private static void requireReal(Resolved scenario) {
        NodeSettings settings = NodeSettings.parse(scenario.nodeSettings());
        if (settings.securities().contains(Security.PLAINTEXT)) {
            throw new BadInput(
                    "node: security: plaintext is for simulations only: write noise or tls in the scenario, or"
                            + " run it on sim");
        }
    }

    /** Runs as a task of the controller. */
    private static Findings watched(Experiment experiment, LocalCluster cluster, Progress progress)
            throws InterruptedException {
        Clock clock = cluster.controller().clock();
        try (Scope scope = cluster.controller().tasks().open("progress")) {
            Task<Boolean> _ = scope.start("progress", () -> {
                while (true) {
                    clock.sleep(PROGRESS_EVERY);
                    progress.at(cluster.elapsedNanos(), cluster.events());
                }
            });
            return experiment.run(cluster, NodeStorage::on);
        }
    }

    private Execution execution(LocalCluster cluster, Findings findings, long startNanos) {
        List<CheckResult> checks = new ArrayList<>(findings.checks());
        List<String> deaths = cluster.deaths();
        if (!deaths.isEmpty()) {
            checks.add(new CheckResult(KEEP_RUNNING, "", Ruling.Verdict.FAIL, String.join("; ", deaths)));
        }
        Optional<String> garbled = cluster.garbled().stream().findFirst();
        if (garbled.isPresent()) {
            return invalid(cluster, garbled.get(), startNanos);
        }
        if (checks.stream().anyMatch(check -> check.verdict() == Ruling.Verdict.FAIL)) {
            Folders.requireRoom(parent, FULL_BYTES); // else that is why
            nameFolders(checks, cluster.keepFolders());
        }
        Findings all =
                new Findings(checks, findings.faults(), notRealised(findings), findings.figures(), findings.resolved());
        return executed(cluster, Optional.of(all), startNanos, Optional.empty());
    }

    /** Nodes that share a disk fill it together, which no fault of the scenario says. */
    private List<String> notRealised(Findings findings) {
        List<String> lines = new ArrayList<>(findings.notRealised());
        long free = Folders.freeBytes(parent);
        if (free < SCARCE_BYTES) {
            lines.add("disks with room: the one with " + parent + " has " + (free >> 10)
                    + " KiB left, so that nodes may have refused what they were to store");
        }
        return lines;
    }

    /** The first failure says where to look. */
    private static void nameFolders(List<CheckResult> checks, Path folder) {
        for (int i = 0; i < checks.size(); i++) {
            CheckResult check = checks.get(i);
            if (check.verdict() == Ruling.Verdict.FAIL) {
                String detail = check.detail() + "; the nodes' files are kept in " + folder;
                checks.set(i, new CheckResult(check.name(), check.about(), check.verdict(), detail));
                return;
            }
        }
    }

    private static Execution invalid(LocalCluster cluster, String why, long startNanos) {
        String deaths = cluster.deaths().isEmpty() ? "" : "; " + String.join("; ", cluster.deaths());
        String kept = "; the nodes' files are kept in " + cluster.keepFolders();
        return executed(cluster, Optional.empty(), startNanos, Optional.of(why.strip() + deaths + kept));
    }

    private static Execution executed(
            LocalCluster cluster, Optional<Findings> findings, long startNanos, Optional<String> invalid) {
        return new Execution(
                findings, "", cluster.elapsedNanos(), System.nanoTime() - startNanos, cluster.events(), 0, invalid);
    }

    private static String stackOf(Exception e) {
        StringWriter stack = new StringWriter();
        e.printStackTrace(new PrintWriter(stack, true));
        return stack.toString();
    }
}
