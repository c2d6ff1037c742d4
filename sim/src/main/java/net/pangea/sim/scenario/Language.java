package net.pangea.sim.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        workload = Param.optional(
                "workload", new StepsType(Verb.Kind.WORKLOAD, vocabulary.workloads()), "What users do.");
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
    public Scenario read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "is a folder; name a file in it"
                    : Files.exists(file) ? "cannot be read; check its permissions" : "does not exist";
            throw new BadInput("the scenario file " + file + " " + why + siblingHint(file));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(text, file.toString());
        } catch (CharacterCodingException e) {
            throw new BadInput(new Mark(file.toString(), 1, 1), "this file is not text in UTF-8");
        }
    }

    private static String siblingHint(Path file) {
        Path name = file.getFileName();
        Path folder = file.toAbsolutePath().getParent();
        if (name == null || folder == null || Files.exists(file) || !Files.isDirectory(folder)) {
            return "";
        }
        try (var siblings = Files.list(folder)) {
            List<String> names = siblings.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(sibling -> sibling.endsWith(".yaml"))
                    .sorted()
                    .toList();
            return Nearest.of(name.toString(), names)
                    .map(near -> "; did you mean '" + file.resolveSibling(near) + "'?")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
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
