package net.pangea.sim.scenario;

import java.util.List;

/** The language of scenarios with a {@link Vocabulary}: reads files and describes itself. */
public final class Language {
    private final Vocabulary vocabulary;
    final Param<List<Step>> workload;
    final Param<List<Step>> faults;
    final List<Param<List<Expectation>>> expectations;
    final Param<Arguments> expect;
    final Shape shape;

    public Language(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        workload =
                Param.optional("workload", new StepsType(Verb.Kind.WORKLOAD, vocabulary.workloads()), "What users do.");
        faults = Param.optional("faults", new StepsType(Verb.Kind.FAULT, vocabulary.faults()), "What goes wrong.");
        expectations = List.of(
                expectation(Expectation.Place.ALWAYS, "Holds at every moment."),
                expectation(Expectation.Place.SOMETIMES, "Is reached by some seed of a sweep."),
                expectation(Expectation.Place.EVENTUALLY, "Holds once faults have healed."),
                expectation(Expectation.Place.FINALLY, "Holds at the end."));
        expect = Param.required(
                "expect",
                Types.shape(new Shape("expect", "What must hold.", List.copyOf(expectations), List.of())),
                "What must hold.");
        shape = Shape.of(
                "a scenario",
                "What happens and what should hold.",
                Keys.PANGEA,
                Keys.STORY,
                Keys.FOR,
                Keys.INCLUDE,
                Keys.PARAMS,
                Keys.MACHINES,
                Keys.NETWORK,
                Keys.NODE,
                workload,
                faults,
                Keys.SURVIVES,
                Keys.HEAL,
                expect,
                Keys.MEASURE,
                Keys.SEEDS);
    }

    private Param<List<Expectation>> expectation(Expectation.Place place, String sentence) {
        return Param.optional(place.word(), new ExpectationsType(place, vocabulary.checks()), sentence);
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * {@return the scenario in {@code file}} Reads the user's disk; for the harness, before a run.
     *
     * @throws BadInput if it cannot be read or is not a scenario
     */
    public Scenario readFile(String file) {
        return readFile(file, Settings.NONE);
    }

    /**
     * {@return the scenario in {@code file} with other values} Reads the user's disk; for the harness, before a run.
     *
     * @throws BadInput if it cannot be read, is not a scenario, or has not what is set
     */
    public Scenario readFile(String file, Settings settings) {
        return read(UserFiles.text(file, why -> new BadInput("the scenario file " + file + " " + why)), file, settings);
    }

    /**
     * {@return the scenario in {@code text}}
     *
     * @param file its name in messages; paths are relative to its folder
     * @throws BadInput if it is not a scenario
     */
    public Scenario read(String text, String file) {
        return read(text, file, Settings.NONE);
    }

    /**
     * {@return the scenario in {@code text} with other values}
     *
     * @param file its name in messages; paths are relative to its folder
     * @throws BadInput if it is not a scenario, or has not what is set
     */
    public Scenario read(String text, String file, Settings settings) {
        Joined joined = Joined.of(text, file);
        Scenario scenario = settled(joined, file, settings);
        scenario.small().ifPresent(small -> requireValid(joined, file, small, scenario));
        return scenario;
    }

    private Scenario settled(Joined joined, String file, Settings settings) {
        Yaml settled = joined.yaml() instanceof Yaml.Mapping mapping
                ? Parameters.of(mapping, shape).settle(settings, file)
                : joined.yaml();
        Scenario scenario = new Scenario(this, file, settings, joined.included(), shape.read(settled));
        scenario.seeds().findFirst().ifPresent(scenario::resolve);
        return scenario;
    }

    private void requireValid(Joined joined, String file, Settings small, Scenario scenario) {
        try {
            Scenario _ = settled(joined, file, small);
        } catch (BadInput e) {
            throw new BadInput(
                    scenario.root().get(Keys.SEEDS).markOf(Keys.SEEDS_SMALL),
                    "this small variant cannot be run: " + e.getMessage());
        }
    }
}
