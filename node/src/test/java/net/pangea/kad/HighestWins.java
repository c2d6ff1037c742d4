package net.pangea.kad;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/** A rule for tests: values are digits, of which the highest wins; {@code 0} is valid until 2027. */
record HighestWins() implements RecordRule {
    static final RecordRules RULES = RecordRules.PUBLIC_KEYS.with("n", new HighestWins());

    private static final Instant END_OF_ZERO = Instant.parse("2027-01-01T00:00:00Z");

    static Bytes key(String name) {
        return text("/n/" + name);
    }

    static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> problem(Bytes key, Bytes value, Instant now) {
        if (value.equals(text("0")) && now.isAfter(END_OF_ZERO)) {
            return Optional.of("expired");
        }
        boolean digits = value.size() > 0;
        for (int i = 0; i < value.size(); i++) {
            digits &= value.at(i) >= '0' && value.at(i) <= '9';
        }
        return digits ? Optional.empty() : Optional.of("no number");
    }

    @Override
    public boolean supersedes(Bytes key, Bytes value, Bytes other) {
        return value.compareTo(other) > 0;
    }
}
