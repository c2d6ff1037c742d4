package net.pangea.sim.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Sha256;
import net.pangea.sim.scenario.Resolved;

/**
 * What a run depends on beside its seed and its policy: the resolved scenario, the input files, the classes of the node
 * and of the simulator, the Java runtime. Equal fingerprints, seeds and policies promise equal runs. Each part is a short
 * hash of its own, so that a replay can say which one has changed; it is written {@code scenario-inputs-code-jdk}.
 */
public record Fingerprint(String scenario, String inputs, String code, String jdk) {
    private static final int PART_DIGITS = 8;
    private static final String PART = "([0-9a-f]{" + PART_DIGITS + "})";
    private static final Pattern FORM = Pattern.compile(PART + "-" + PART + "-" + PART + "-" + PART);

    /** {@return the fingerprint of a run by {@code code}} */
    public static Fingerprint of(Resolved scenario, Inputs inputs, CodeHash code) {
        return new Fingerprint(
                hash(scenario.write()),
                hash(inputs.sha256()),
                hash(code.sha256()),
                hash(Runtime.version().toString()));
    }

    /** {@return the fingerprint that {@code text} spells, if it spells one} */
    public static Optional<Fingerprint> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Fingerprint(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, PART_DIGITS);
    }

    /** {@return in words, what differs between the run with this fingerprint and one with {@code now}} */
    public List<String> differences(Fingerprint now) {
        List<String> differences = new ArrayList<>();
        if (!scenario.equals(now.scenario)) {
            differences.add("the scenario, what --set says, or the seed is another");
        }
        if (!inputs.equals(now.inputs)) {
            differences.add("the input files have changed");
        }
        if (!code.equals(now.code)) {
            differences.add("the code of the node or of the simulator is another");
        }
        if (!jdk.equals(now.jdk)) {
            differences.add("the JDK is another, this is " + Runtime.version());
        }
        return differences;
    }

    @Override
    public String toString() {
        return String.join("-", scenario, inputs, code, jdk);
    }
}
