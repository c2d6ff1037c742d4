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
        return read(UserFiles.text(file), file);
    }

    /**
     * {@return the scenario in {@code text}}
     *
     * @param file its name in messages; paths are relative to its folder
     * @throws BadInput if it is not a scenario
     */
    public Scenario read(String text, String file) {
        Arguments root = shape.read(YamlReader.read(text, file));
        Scenario scenario = new Scenario(this, file, root);
        scenario.seeds().findFirst().ifPresent(scenario::resolve);
        return scenario;
    }
}
