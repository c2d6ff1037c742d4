package net.pangea.sim.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.pangea.sim.report.MalformedOutcome;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Settings;

/**
 * A file to which a sweep adds each outcome as it ends, one JSON object a line, so that one that was interrupted goes on where it
 * was. A last line that was cut off is dropped, and its seed is run again; so is one whose run was invalid, which is not added.
 */
public final class Results {
    private final Path file;
    private final Map<Long, Outcome> known;

    private Results(Path file, Map<Long, Outcome> known) {
        this.file = file;
        this.known = known;
    }

    /**
     * {@return the outcomes of a scenario that are in a file, which need not be there}
     *
     * @param settings with which it was run; with others its outcomes are those of other runs
     * @throws BadInput if there is something else in it
     */
    public static Results of(Path file, String scenario, Settings settings) {
        Map<Long, Outcome> known = new LinkedHashMap<>();
        try {
            if (!Files.exists(file)) {
                return new Results(file, known);
            }
            String text = Files.readString(file);
            int whole = text.lastIndexOf('\n') + 1;
            int number = 0;
            for (String line : text.substring(0, whole).lines().toList()) {
                number++;
                try {
                    Outcome outcome = OutcomeJson.read(line);
                    if (outcome.file().equals(scenario) && outcome.settings().equals(settings)) {
                        known.put(outcome.seed(), outcome);
                    }
                } catch (MalformedOutcome e) {
                    throw new BadInput(file + ", line " + number + ": " + e.getMessage()
                            + "; --results names a file that a sweep has written, or a new one");
                }
            }
            String cutOff = text.substring(whole);
            if (!OutcomeJson.LINE_BEGINS.startsWith(cutOff) && !cutOff.startsWith(OutcomeJson.LINE_BEGINS)) {
                throw new BadInput(file + " is no file of a sweep; --results names one, or a new file");
            }
            if (!cutOff.isEmpty()) {
                Files.writeString(file, text.substring(0, whole));
            }
            return new Results(file, known);
        } catch (IOException e) {
            throw new BadInput("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** {@return how a seed went, if that is known} */
    public Optional<Outcome> of(long seed) {
        return Optional.ofNullable(known.get(seed));
    }

    /** Adds an outcome, unless it says nothing about the node: perhaps the sweep was interrupted. */
    public void add(Outcome outcome) {
        if (outcome.verdict() == Outcome.Verdict.INVALID) {
            return;
        }
        try {
            Files.writeString(
                    file,
                    OutcomeJson.writeLine(outcome) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new BadInput("cannot write " + file + ": " + e.getMessage());
        }
    }
}
