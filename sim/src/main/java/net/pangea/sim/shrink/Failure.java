package net.pangea.sim.shrink;

import java.util.Optional;
import java.util.regex.Pattern;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.report.Cause;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.scenario.Excerpt;

/**
 * In which way a run fails: another run that fails in this way fails for the same reason, as far as one can tell.
 *
 * @param check what failed, by its name among {@link Excerpt#settings}; empty when the run was invalid
 * @param how what the check said, or why the run was invalid, without numbers, hashes and names of machines, which differ from run
 *     to run
 */
public record Failure(String check, String how) {
    private static final Pattern MACHINE = Pattern.compile("\\b[a-z][a-z0-9-]*/[0-9]+\\b");

    /** {@return in which way a run fails first; nothing if it passed} */
    public static Optional<Failure> of(Outcome run) {
        return run.checks().stream()
                .filter(check -> check.verdict() == Ruling.Verdict.FAIL)
                .findFirst()
                .map(Failure::of)
                .or(() -> ofInvalid(run));
    }

    private static Failure of(CheckResult check) {
        return new Failure(Excerpt.check(check.name(), check.about()), general(check.detail()));
    }

    private static Optional<Failure> ofInvalid(Outcome run) {
        return run.invalid()
                .map(why -> new Failure("", general(why.lines().findFirst().orElse(""))));
    }

    private static String general(String text) {
        return Cause.general(MACHINE.matcher(text).replaceAll("#"));
    }

    /** {@return whether a run fails in this way, perhaps in others too} */
    public boolean isIn(Outcome run) {
        return run.checks().stream()
                        .filter(one -> one.verdict() == Ruling.Verdict.FAIL)
                        .anyMatch(one -> of(one).equals(this))
                || ofInvalid(run).equals(Optional.of(this));
    }

    @Override
    public String toString() {
        return (check.isEmpty() ? "the run is invalid" : check) + ": " + how;
    }
}
