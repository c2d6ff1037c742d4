package net.pangea.scenarios;

import java.nio.file.Path;
import java.util.List;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.verbs.PangeaVerbs;

/** The scenarios that users get, and runs of them in virtual time. */
final class Shipped {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private Shipped() {}

    /** {@return the names of scenario files, without folder and ending} */
    static List<String> names(List<Path> files) {
        return files.stream()
                .map(Repository::nameOf)
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .toList();
    }

    private static String fileOf(String name) {
        return Repository.ROOT.resolve(Path.of("scenarios", name + ".yaml")).toString();
    }

    /** {@return a scenario, of a big one the small variant, which it must have} */
    static Scenario read(String name) {
        Scenario written = LANGUAGE.readFile(fileOf(name));
        return written.isBig()
                ? LANGUAGE.readFile(written.file(), written.small().orElseThrow())
                : written;
    }

    /** {@return a scenario that was written by a run of the shipped one, which lies beside it} */
    static Scenario readBeside(String name, String text) {
        return LANGUAGE.read(text, fileOf(name));
    }

    static Execution run(Resolved scenario, Policy policy) {
        Experiment experiment = new Experiment(scenario, PangeaVerbs.ALL, Inputs.read(scenario));
        return new SimExecutor().run(experiment, RunSettings.of(policy), (_, _) -> {});
    }

    /** {@return what a run found, which must have come to its end} */
    static Findings findings(Execution execution) {
        return execution
                .findings()
                .orElseThrow(() -> new AssertionError(execution.invalid().orElse("no reason")));
    }
}
