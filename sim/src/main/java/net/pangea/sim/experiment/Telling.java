package net.pangea.sim.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.FaultAction;

/** Tells a witness what the journal hears, with the time, from time zero on. Not thread-safe. */
final class Telling implements ShardMap.Observer {
    private final List<Judge> judges;
    private final Witness witness;
    private final List<Judge.Standing> standings;
    private LongSupplier nanos = () -> 0;
    private final boolean isWatched;
    private boolean isOn;

    Telling(List<Judge> judges, Witness witness) {
        this.judges = List.copyOf(judges);
        this.witness = witness;
        this.isWatched = !witness.equals(Witness.NONE);
        this.standings = new ArrayList<>(Collections.nCopies(judges.size(), Judge.Standing.OPEN));
    }

    void begin(List<String> machines, Supplier<Effort> effort, LongSupplier sinceZero) {
        nanos = sinceZero;
        isOn = isWatched;
        witness.began(machines, effort);
    }

    /** What follows is the harness's own reading, of which only the expectations are told. */
    void end() {
        if (isOn) {
            witness.ended(nanos.getAsLong());
        }
        isOn = false;
    }

    void event(String machine, Event event) {
        if (isOn) {
            witness.event(nanos.getAsLong(), machine, event);
        }
        standings();
    }

    @Override
    public void held(String machine, ShardMap.Shard shard) {
        if (isOn) {
            witness.held(nanos.getAsLong(), machine, shard);
        }
    }

    @Override
    public void dropped(String machine, ShardMap.Shard shard) {
        if (isOn) {
            witness.dropped(nanos.getAsLong(), machine, shard);
        }
    }

    void put(PutDone put) {
        if (isOn) {
            witness.put(nanos.getAsLong(), put);
        }
        standings();
    }

    void got(GetDone get) {
        if (isOn) {
            witness.got(nanos.getAsLong(), get);
        }
        standings();
    }

    void released(Acknowledged object) {
        if (isOn) {
            witness.released(nanos.getAsLong(), object);
        }
    }

    void lookedUp(boolean right, OptionalInt hops) {
        if (isOn) {
            witness.lookedUp(nanos.getAsLong(), right, hops);
        }
    }

    void acted(FaultAction action) {
        if (isOn) {
            witness.acted(nanos.getAsLong(), action);
        }
    }

    /** Looks whether an expectation stands otherwise, after the judges were told something. */
    void standings() {
        if (!isWatched) {
            return;
        }
        for (int i = 0; i < judges.size(); i++) {
            Judge.Standing now = judges.get(i).standing();
            if (now != standings.get(i)) {
                standings.set(i, now);
                witness.stands(nanos.getAsLong(), i, now);
            }
        }
    }
}
