package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.experiment.Ruling.Verdict;
import net.pangea.sim.experiment.Storage;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import net.pangea.sim.world.World;
import org.jspecify.annotations.Nullable;

/** A scenario written in a test, run in virtual time, with what a test may put around it. */
final class ScenarioRun {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private final Resolved scenario;
    private Storage storage = NodeStorage::on;
    private Policy policy = Policy.FIFO;
    private Trace.@Nullable Sink sink;
    private Consumer<World> around = world -> {};

    private ScenarioRun(Resolved scenario) {
        this.scenario = scenario;
    }

    static ScenarioRun of(String text, long seed) {
        return new ScenarioRun(resolve(text, seed));
    }

    /** @param file beside which the scenario's files are */
    static ScenarioRun of(String text, Path file, long seed) {
        return new ScenarioRun(LANGUAGE.read(text, file.toString()).resolve(seed));
    }

    static Resolved resolve(String text, long seed) {
        return LANGUAGE.read(text, "test.yaml").resolve(seed);
    }

    static Experiment experiment(Resolved scenario) {
        return new Experiment(scenario, PangeaVerbs.ALL, Inputs.read(scenario));
    }

    /** Lets users work with another client than the nodes' own. */
    ScenarioRun with(Storage newStorage) {
        storage = newStorage;
        return this;
    }

    ScenarioRun with(Policy newPolicy) {
        policy = newPolicy;
        return this;
    }

    ScenarioRun with(Trace.Sink newSink) {
        sink = newSink;
        return this;
    }

    /** Does something to the world before the cluster is built in it. */
    ScenarioRun around(Consumer<World> newAround) {
        around = newAround;
        return this;
    }

    /**
     * What came out.
     *
     * @param hash of the trace
     */
    record Result(Findings findings, String hash, long records) {

        /** Holds if these checks failed, and all others passed. */
        void assertOnly(String... failed) {
            assertThat(findings.checks())
                    .allSatisfy(check -> assertThat(check.verdict())
                            .as(check.name() + ": " + check.detail())
                            .isEqualTo(Arrays.asList(failed).contains(check.name()) ? Verdict.FAIL : Verdict.PASS));
            assertThat(findings.failed()).isEqualTo(failed.length > 0);
        }

        /** {@return the result of a check by its name with its place} */
        CheckResult check(String name) {
            return findings.checks().stream()
                    .filter(check -> check.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Result go() throws InterruptedException {
        Limits limits = Limits.of(Duration.ofNanos(scenario.endNanos()).plusHours(1));
        Simulation simulation = new Simulation(scenario.seed(), policy, limits, sink);
        Findings[] findings = new Findings[1];
        RuntimeException[] failure = new RuntimeException[1];
        Simulation.End end = simulation.run(
                () -> {
                    World world = new World(simulation);
                    around.accept(world);
                    SimCluster cluster = new SimCluster(scenario, world);
                    cluster.controllerHost().run("experiment", () -> {
                        try {
                            findings[0] = experiment(scenario).run(cluster, storage);
                        } catch (RuntimeException e) {
                            failure[0] = e;
                        }
                        simulation.stop();
                        return true;
                    });
                },
                (_, _) -> {});
        if (failure[0] != null) {
            throw failure[0];
        }
        if (findings[0] == null) {
            throw new InvalidRun(end + " without findings\n" + simulation.describeTasks(), null);
        }
        return new Result(
                findings[0], simulation.trace().hash(), simulation.trace().records());
    }
}
