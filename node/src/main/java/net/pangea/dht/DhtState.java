package net.pangea.dht;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Contact;
import net.pangea.kad.Density;
import net.pangea.kad.Key;
import net.pangea.kad.LookupResult;
import net.pangea.kad.Mode;
import net.pangea.kad.NetworkSize;
import net.pangea.kad.ProviderStore;
import net.pangea.kad.RecordStore;
import net.pangea.kad.RoutingTable;
import net.pangea.kad.TableUpdate;
import net.pangea.kad.ValueRecord;
import net.pangea.machine.Bell;
import net.pangea.machine.Clock;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

/** What a node of the network remembers, for any task: {@code kad}'s table and stores behind one lock. */
final class DhtState {
    private final PeerId self;
    private final Clock clock;
    private final RandomStream random;
    private final Supplier<Contact> own;
    private final Bell emptied = new Bell();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final RoutingTable table;
    private final RecordStore records;
    private final ProviderStore providers;
    private final NetworkSize size = new NetworkSize();

    /** @param own this node's contact as it is now */
    DhtState(PeerId self, DhtSettings settings, Clock clock, RandomStream random, Supplier<Contact> own) {
        this.self = self;
        this.clock = clock;
        this.random = random;
        this.own = own;
        Key key = Key.of(self);
        this.table = new RoutingTable(self, settings.diversity(), settings.refresh());
        this.records = new RecordStore(key, settings.rules(), settings.records());
        this.providers = new ProviderStore(key, settings.diversity(), settings.providers());
    }

    TableUpdate answered(Contact peer, Mode mode) {
        return noted(locked(() -> table.answered(peer, mode, clock.nanoTime())));
    }

    TableUpdate heardOf(Contact peer) {
        return locked(() -> table.heardOf(peer, clock.nanoTime()));
    }

    TableUpdate failed(PeerId peer) {
        return noted(locked(() -> table.failed(peer, clock.nanoTime())));
    }

    /** Wakes who waits for an empty table: the last peer may be gone, or serve no longer. */
    private TableUpdate noted(TableUpdate update) {
        if (tableSize() == 0) {
            emptied.ring();
        }
        return update;
    }

    /** Waits while anybody is in the routing table. For one task. */
    void awaitEmpty() throws InterruptedException {
        while (tableSize() > 0) {
            emptied.await();
        }
    }

    /** {@return whom to begin a lookup with} */
    List<Contact> closest(Key key) {
        return locked(() -> table.closest(key, RoutingTable.K));
    }

    /** {@return what is said to a peer that asks: the closest but itself, and this node if that is what is looked for} */
    List<Contact> closest(Bytes key, PeerId asking) {
        List<Contact> closest = new ArrayList<>();
        if (key.equals(self.bytes())) {
            closest.add(own.get());
        }
        for (Contact contact : locked(() -> table.closest(Key.of(key), RoutingTable.K + 1))) {
            if (!contact.id().equals(asking) && closest.size() < RoutingTable.K) {
                closest.add(contact);
            }
        }
        return closest;
    }

    int tableSize() {
        return locked(table::size);
    }

    List<Contact> contacts() {
        return locked(table::contacts);
    }

    List<Bytes> refreshKeys() {
        return locked(() -> table.refreshKeys(clock.nanoTime(), random));
    }

    /** Notes what a lookup has found; of a key that this node has chosen at random it tells how large the network is. */
    void lookedUp(Key key, LookupResult result, boolean random) {
        locked(() -> {
            table.lookedUp(key, clock.nanoTime());
            if (random && result.reach().isPresent()) {
                size.add(result.reach().getAsDouble(), clock.nanoTime());
            }
            return true;
        });
    }

    Optional<Density> density() {
        return locked(() -> size.density(table.reach(), clock.nanoTime()));
    }

    RecordStore.Outcome store(ValueRecord record, Instant now) {
        return locked(() -> records.put(record.key(), record.value(), now));
    }

    Optional<ValueRecord> value(Bytes key, Instant now) {
        return locked(() -> records.get(key, now));
    }

    void announce(Bytes key, Contact provider, Instant now) {
        var _ = locked(() -> providers.add(key, provider, now));
    }

    List<Contact> providers(Bytes key, Instant now) {
        return locked(() -> providers.providers(key, now));
    }

    void expire(Instant now) {
        locked(() -> {
            records.expire(now);
            providers.expire(now);
            return true;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
