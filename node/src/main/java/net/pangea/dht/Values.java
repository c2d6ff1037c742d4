package net.pangea.dht;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.kad.RecordRules;
import net.pangea.kad.RecordStore.Outcome;
import net.pangea.kad.ValueRecord;
import net.pangea.machine.Clock;

/** The values that this node has for others: some with a keeper, the others in memory. Any task may call it. */
final class Values {
    private final DhtState state;
    private final RecordRules rules;
    private final ValueKeeper keeper;
    private final HandOnSchedule handOns;
    private final Clock clock;

    Values(DhtState state, RecordRules rules, ValueKeeper keeper, HandOnSchedule handOns, Clock clock) {
        this.state = state;
        this.rules = rules;
        this.keeper = keeper;
        this.handOns = handOns;
        this.clock = clock;
    }

    /** Stores a value that this node publishes, was given, or has found; never in the place of a better one. */
    Outcome store(Bytes key, Bytes value) throws InterruptedException {
        if (!keeper.keeps(key)) {
            return state.store(ValueRecord.received(key, value, clock.now()), clock.now());
        }
        Optional<String> problem = rules.problem(key, value, clock.now());
        if (problem.isPresent()) {
            return new Outcome.Refused(problem.get());
        }
        Outcome outcome = keeper.keep(key, value);
        if (outcome instanceof Outcome.Stored) {
            handOns.stored(key, clock.nanoTime());
        }
        return outcome;
    }

    Optional<ValueRecord> find(Bytes key) {
        return keeper.keeps(key)
                ? keeper.find(key).map(value -> new ValueRecord(key, value, ""))
                : state.value(key, clock.now());
    }

    /** {@return whether somebody's value is valid and better than another} */
    boolean isBetter(ValueRecord record, Bytes key, Bytes than) {
        return record.key().equals(key)
                && rules.problem(key, record.value(), clock.now()).isEmpty()
                && rules.supersedes(key, record.value(), than);
    }
}
