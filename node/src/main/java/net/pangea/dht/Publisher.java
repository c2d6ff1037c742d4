package net.pangea.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.dht.DhtFailure.Kind;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.Mode;
import net.pangea.kad.RecordStore;
import net.pangea.kad.ValueRecord;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.Tasks;

/** Stores values with several peers at once, and tells several that this node has something. */
final class Publisher {
    private final Neighbours neighbours;
    private final Rpc rpc;
    private final DhtState state;
    private final Values values;
    private final Mode mode;
    private final Clock clock;
    private final Tasks tasks;
    private final Supplier<Contact> self;

    /** @param mode a server keeps what it publishes too, and answers with it */
    Publisher(
            Neighbours neighbours,
            Rpc rpc,
            DhtState state,
            Values values,
            Mode mode,
            Clock clock,
            Tasks tasks,
            Supplier<Contact> self) {
        this.neighbours = neighbours;
        this.rpc = rpc;
        this.state = state;
        this.values = values;
        this.mode = mode;
        this.clock = clock;
        this.tasks = tasks;
        this.self = self;
    }

    /** {@return the request to store a value} When it was received is the receiver's to say. */
    static KadMessage request(Bytes key, Bytes value) {
        return KadMessage.putValue(new ValueRecord(key, value, ""));
    }

    /**
     * {@return how many peers have stored the value}
     *
     * @throws DhtFailure NOT_STORED or OUTDATED
     */
    int store(Bytes key, Bytes value, List<Contact> peers) throws InterruptedException {
        if (mode == Mode.SERVER && values.store(key, value) instanceof RecordStore.Outcome.Outdated) {
            throw new DhtFailure(Kind.OUTDATED, "a newer value is here already");
        }
        Told told = tell(key, value, peers);
        if (told.better().isPresent()) {
            throw new DhtFailure(Kind.OUTDATED, "a newer value is there already");
        }
        if (told.stored() == 0) {
            throw new DhtFailure(Kind.NOT_STORED, "none of " + peers.size() + " peers has stored the value");
        }
        return told.stored();
    }

    /**
     * What became of a value.
     *
     * @param stored how many peers have it now
     * @param better the best that any of the others has in its place: valid, so no peer makes it up
     */
    record Told(int stored, Optional<Bytes> better) {}

    Told tell(Bytes key, Bytes value, List<Contact> peers) throws InterruptedException {
        KadMessage request = request(key, value);
        int stored = 0;
        Optional<Bytes> better = Optional.empty();
        for (Optional<KadMessage> reply : all("store", peers, peer -> neighbours.ask(peer, request))) {
            Optional<ValueRecord> record = reply.flatMap(KadMessage::record);
            if (record.isPresent() && record.get().value().equals(value)) {
                stored++;
            } else if (record.isPresent() && values.isBetter(record.get(), key, better.orElse(value))) {
                better = record.map(ValueRecord::value);
            }
        }
        return new Told(stored, better);
    }

    /**
     * {@return how many peers were told}
     *
     * @throws DhtFailure NOT_STORED
     */
    int announce(Bytes key, List<Contact> peers) throws InterruptedException {
        if (mode == Mode.SERVER) {
            state.announce(key, self.get(), clock.now());
        }
        KadMessage message = KadMessage.addProvider(key, self.get());
        int told = 0;
        for (boolean sent : all("announce", peers, peer -> rpc.tell(peer, message))) {
            told += sent ? 1 : 0;
        }
        if (told == 0) {
            throw new DhtFailure(Kind.NOT_STORED, "none of " + peers.size() + " peers was told");
        }
        return told;
    }

    private interface One<T> {
        T of(Contact peer) throws InterruptedException;
    }

    /** Does the same with several peers at once. */
    private <T> List<T> all(String what, List<Contact> peers, One<T> one) throws InterruptedException {
        try (Scope scope = tasks.open(what)) {
            List<Task<T>> started = new ArrayList<>();
            for (Contact peer : peers) {
                started.add(scope.start(what + " " + peer.id(), () -> one.of(peer)));
            }
            List<T> outcomes = new ArrayList<>();
            for (Task<T> task : started) {
                outcomes.add(task.join());
            }
            return outcomes;
        }
    }
}
