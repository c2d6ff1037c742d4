package net.pangea.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.PeerId;

/**
 * Judges the values that a lookup for a key brings: checks each, keeps the best, and knows who has a worse one and is to be
 * told (libp2p, kad-dht, "Getting values" and "Entry correction").
 *
 * <p>It holds one value whatever is sent, and the names of those who answered, of whom a {@link Lookup} has a bounded number.
 * Not for more than one task at a time.
 */
public final class ValueSearch {
    /** So many are to have sent a valid value before the best of them is believed to be the latest. As go-libp2p has it. */
    public static final int QUORUM = 16;

    private enum Answer {
        BEST,
        WORSE,
        INVALID,
        NONE
    }

    private final Bytes key;
    private final RecordRule rule;
    private final int quorum;
    private final SequencedMap<PeerId, Answer> answers = new LinkedHashMap<>();
    private Optional<Bytes> best = Optional.empty();
    private int valid;

    /** @param quorum so many valid values are enough; 0 or 1 takes the first */
    public ValueSearch(Bytes key, RecordRule rule, int quorum) {
        this.key = key;
        this.rule = rule;
        this.quorum = Math.max(1, quorum);
    }

    /**
     * Notes a peer's answer; a peer's first counts.
     *
     * @param record what it has sent, if anything
     */
    public void answered(PeerId peer, Optional<ValueRecord> record, Instant now) {
        if (!answers.containsKey(peer)) {
            answers.put(peer, record.isEmpty() ? Answer.NONE : judge(record.get(), now));
        }
    }

    private Answer judge(ValueRecord record, Instant now) {
        Bytes value = record.value();
        if (!record.key().equals(key) || rule.problem(key, value, now).isPresent()) {
            return Answer.INVALID;
        }
        valid++;
        if (best.isEmpty() || rule.supersedes(key, value, best.get())) {
            answers.replaceAll((_, answer) -> answer == Answer.BEST ? Answer.WORSE : answer);
            best = Optional.of(value);
            return Answer.BEST;
        }
        return value.equals(best.get()) ? Answer.BEST : Answer.WORSE;
    }

    /** {@return the best valid value so far} */
    public Optional<Bytes> best() {
        return best;
    }

    /** {@return whether enough peers have sent a valid value} */
    public boolean hasQuorum() {
        return valid >= quorum;
    }

    /** {@return how many peers have sent the best value} */
    public int agreeing() {
        return with(Answer.BEST).size();
    }

    /** {@return who has sent a value that is worse, or none at all that is valid: to be told the best} */
    public List<PeerId> outdated() {
        List<PeerId> outdated = new ArrayList<>(with(Answer.WORSE));
        outdated.addAll(with(Answer.INVALID));
        return outdated;
    }

    /** {@return who has answered without a value: to be told the best too if it is among the closest} */
    public List<PeerId> without() {
        return with(Answer.NONE);
    }

    private List<PeerId> with(Answer answer) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() == answer)
                .map(Map.Entry::getKey)
                .toList();
    }
}
