package net.pangea.dht;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Contact;
import net.pangea.kad.Key;
import net.pangea.kad.RecordStore;
import net.pangea.kad.RoutingTable;
import net.pangea.kad.ValueRecord;
import net.pangea.machine.Clock;
import net.pangea.multiformats.PeerId;

/**
 * Hands the values that a {@link ValueKeeper} has to the peers closest to them by now, so that they are found although peers
 * come and go and whoever published them is away. For one task.
 */
final class HandOn {
    /** Lookups at one look. In a network with as many keys as nodes, each has about one an hour. */
    private static final int LOOKUPS_MAX = 64;

    private final Key own;
    private final Values values;
    private final ValueKeeper keeper;
    private final HandOnSchedule schedule;
    private final Publisher publisher;
    private final Clock clock;

    HandOn(PeerId own, Values values, ValueKeeper keeper, HandOnSchedule schedule, Publisher publisher, Clock clock) {
        this.own = Key.of(own);
        this.values = values;
        this.keeper = keeper;
        this.schedule = schedule;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Finds the peers closest to a key. */
    interface Closest {
        /** {@return those that answer, closest first; maybe none} */
        List<Contact> of(Bytes key) throws InterruptedException;
    }

    /** Hands on what is due. */
    void run(Closest closest) throws InterruptedException {
        schedule.set(keeper.keys(), clock.nanoTime());
        for (Bytes key : schedule.due(clock.nanoTime(), LOOKUPS_MAX)) {
            Optional<ValueRecord> record = values.find(key);
            List<Contact> peers = record.isPresent() ? closest.of(key) : List.of();
            if (!peers.isEmpty()) { // else it stays due
                handOn(key, record.get().value(), peers);
            }
        }
    }

    private void handOn(Bytes key, Bytes value, List<Contact> peers) throws InterruptedException {
        Publisher.Told told = publisher.tell(key, value, peers);
        if (told.better().isPresent()) {
            // Those who had none have the worse one from here: they are told once more.
            RecordStore.Outcome _ = values.store(key, told.better().get());
            schedule.soon(key, clock.nanoTime());
        } else if (told.stored() >= RoutingTable.K && isFartherThan(peers, Key.of(key))) {
            schedule.left(key, clock.nanoTime());
        } else {
            schedule.stored(key, clock.nanoTime());
        }
    }

    private boolean isFartherThan(List<Contact> peers, Key key) {
        return key.compareDistances(own, Key.of(peers.getLast().id())) > 0;
    }
}
