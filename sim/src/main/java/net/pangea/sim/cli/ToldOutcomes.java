package net.pangea.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.pangea.sim.report.MalformedOutcome;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.scenario.BadInput;

/**
 * The runs that a file of {@code --json} or {@code --results} tells of.
 *
 * @param file for messages
 */
record ToldOutcomes(String file, List<Outcome> runs) {

    /** {@return those of a file} */
    static ToldOutcomes of(String file) {
        try {
            return new ToldOutcomes(file, OutcomeJson.readAll(Files.readString(Path.of(file))));
        } catch (IOException e) {
            throw new BadInput("cannot read " + file + ": " + e.getMessage());
        } catch (MalformedOutcome e) {
            throw new BadInput(file + ": " + e.getMessage() + "; name what --json or --results has written");
        }
    }

    /** {@return the run of {@code seed}; without one, the first that did not pass, or else the first} */
    Outcome one(Optional<Long> seed) {
        return runs.stream()
                .filter(one -> seed.map(wanted -> one.seed() == wanted).orElse(one.verdict() != Outcome.Verdict.PASS))
                .findFirst()
                .or(() -> seed.isEmpty() ? runs.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new BadInput(file + " tells of no run"
                        + seed.map(one -> " of seed " + one).orElse("")));
    }
}
