package net.pangea.kad;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import net.pangea.bytes.Bytes;

/**
 * The rules of all namespaces that a node keeps values of. A key {@code /name/...} belongs to {@code name}; what belongs to
 * none is valid nowhere.
 */
public final class RecordRules implements RecordRule {
    /** Values that have to be public keys, as every implementation has it. */
    public static final RecordRules PUBLIC_KEYS =
            new RecordRules(new LinkedHashMap<>()).with("pk", new PublicKeyRule());

    private final SequencedMap<String, RecordRule> byNamespace;

    private RecordRules(SequencedMap<String, RecordRule> byNamespace) {
        this.byNamespace = Collections.unmodifiableSequencedMap(byNamespace);
    }

    /** {@return these rules, and one for one more namespace, given without slashes} */
    public RecordRules with(String namespace, RecordRule rule) {
        SequencedMap<String, RecordRule> more = new LinkedHashMap<>(byNamespace);
        more.put(namespace, rule);
        return new RecordRules(more);
    }

    @Override
    public Optional<String> problem(Bytes key, Bytes value, Instant now) {
        if (key.size() > ValueRecord.MAX_KEY_BYTES || value.size() > ValueRecord.MAX_VALUE_BYTES) {
            return Optional.of("a key or a value that is too long");
        }
        Optional<RecordRule> rule = rule(key);
        return rule.isEmpty()
                ? Optional.of("a key of no known namespace")
                : rule.get().problem(key, value, now);
    }

    @Override
    public boolean supersedes(Bytes key, Bytes value, Bytes other) {
        return rule(key).map(rule -> rule.supersedes(key, value, other)).orElse(false);
    }

    private Optional<RecordRule> rule(Bytes key) {
        int end = 1;
        while (end < key.size() && key.at(end) != '/') {
            end++;
        }
        if (end >= key.size() || key.at(0) != '/') {
            return Optional.empty();
        }
        String namespace = new String(key.slice(1, end).toArray(), StandardCharsets.ISO_8859_1);
        return Optional.ofNullable(byNamespace.get(namespace));
    }
}
