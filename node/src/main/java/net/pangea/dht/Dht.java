package net.pangea.dht;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.dht.DhtFailure.Kind;
import net.pangea.kad.Contact;
import net.pangea.kad.Density;
import net.pangea.kad.KadMessage;
import net.pangea.kad.Key;
import net.pangea.kad.Lookup;
import net.pangea.kad.LookupResult;
import net.pangea.kad.Mode;
import net.pangea.kad.NamedPeer;
import net.pangea.kad.RecordStore;
import net.pangea.kad.ValueSearch;
import net.pangea.libp2p.Host;
import net.pangea.machine.Clock;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * A node of a Kademlia network ({@code /ipfs/kad/1.0.0} or one of another name): finds peers, stores and finds values, says
 * and finds who has something.
 *
 * <p>Its tasks run in the scope it was started in. Any task may call it; calls wait for the network, some for many peers, and
 * may be put under a deadline.
 */
public final class Dht {
    private final Host host;
    private final DhtSettings settings;
    private final Clock clock;
    private final Scope tasks;
    private final DhtState state;
    private final Values values;
    private final Neighbours neighbours;
    private final Searcher searcher;
    private final Publisher publisher;
    private final Published published;
    private final HandOn handOn;
    private final Regions regions;
    private final Entrance entrance;

    private Dht(Host host, DhtSettings settings, ValueKeeper keeper, Machine machine, Scope tasks) {
        this.host = host;
        this.settings = settings;
        this.clock = machine.clock();
        this.tasks = tasks;
        Rpc rpc = new Rpc(host, clock, settings.protocol(), settings.lookups().timeout());
        this.state = new DhtState(host.id(), settings, clock, machine.random("dht " + settings.protocol()), this::self);
        this.neighbours = new Neighbours(host, rpc, state, settings, tasks);
        this.searcher = new Searcher(clock, machine.tasks(), neighbours);
        HandOnSchedule turns = new HandOnSchedule(machine.random("hand on " + settings.protocol()));
        this.values = new Values(state, settings.rules(), keeper, turns, clock);
        this.publisher =
                new Publisher(neighbours, rpc, state, values, settings.mode(), clock, machine.tasks(), this::self);
        this.published = new Published(Key.of(host.id()));
        this.handOn = new HandOn(host.id(), values, keeper, turns, publisher, clock);
        Rpc hasty = new Rpc(host, clock, settings.protocol(), Regions.TALK);
        this.regions = new Regions(this::closest, hasty, state, this::self, clock, machine.tasks());
        this.entrance = new Entrance(host, neighbours, settings.protocol(), tasks);
    }

    /**
     * {@return a node of the network}
     *
     * @param host through which it talks, and which serves its protocol from now on if it answers
     * @param tasks in which its tasks run: cancelling them ends it
     */
    public static Dht start(Host host, DhtSettings settings, Machine machine, Scope tasks) {
        return start(host, settings, ValueKeeper.NONE, machine, tasks);
    }

    /** {@return the same, a node that has some of others' values with a keeper} */
    public static Dht start(Host host, DhtSettings settings, ValueKeeper keeper, Machine machine, Scope tasks) {
        Dht dht = new Dht(host, settings, keeper, machine, tasks);
        if (settings.mode() == Mode.SERVER) {
            Answers answers = new Answers(dht.state, dht.values, machine.clock(), settings);
            host.serve(settings.protocol(), answers::serve);
        }
        host.watch(dht.neighbours);
        var _ = tasks.start("keep " + settings.protocol(), dht::keep);
        return dht;
    }

    private Contact self() {
        return Contacts.of(host.id(), host.addresses());
    }

    /** {@return how many peers are in the routing table} */
    public int size() {
        return state.tableSize();
    }

    /** Waits while anybody is in the routing table. For one task. */
    public void awaitEmpty() throws InterruptedException {
        state.awaitEmpty();
    }

    /** {@return the peers of the routing table, closest to this node first} */
    public List<Contact> contacts() {
        return state.contacts();
    }

    /**
     * Joins the network: asks some of its peers, side by side, and as soon as one has answered looks itself up, and every
     * part of the network after that. Those that answer later are taken in then. Peers are dialed here even if they were not
     * reached a moment ago.
     *
     * @param peers addresses that end in {@code /p2p/} and an id
     * @throws DhtFailure NO_PEERS if none of them answers
     */
    public void join(List<Multiaddr> peers) throws InterruptedException {
        List<String> failures = entrance.enter(peers);
        if (state.tableSize() == 0) {
            throw new DhtFailure(
                    Kind.NO_PEERS,
                    peers.isEmpty()
                            ? "no address to join through is known"
                            : "no peer to join through: " + String.join("; ", failures));
        }
        refresh();
    }

    /** Looks into every part of the routing table that nobody has looked into lately. */
    public void refresh() throws InterruptedException {
        for (Bytes key : state.refreshKeys()) {
            // Of this node's own place it is not by chance that somebody is close.
            boolean random = !key.equals(host.id().bytes());
            LookupResult _ = lookUp(key, findNode(key), (_, _) -> false, random);
        }
    }

    /** {@return the peers closest to a key, and what it took to find them} */
    public LookupResult closest(Bytes key) throws InterruptedException {
        return lookUp(key, findNode(key), (_, _) -> false, false);
    }

    private LookupResult closest(Bytes key, Duration patience) throws InterruptedException {
        return lookUp(key, findNode(key), (_, _) -> false, false, patience);
    }

    /** {@return through which many keys are announced, those together that lie next to each other} */
    public Regions regions() {
        return regions;
    }

    /** {@return about how many peers the network has, this one among them} */
    public long networkSize() {
        return Math.max(
                1 + state.tableSize(), state.density().map(Density::peers).orElse(0L));
    }

    /** {@return where a peer is said to be; nothing if nobody knows} */
    public Optional<Contact> findPeer(PeerId peer) throws InterruptedException {
        if (host.peers().contains(peer) && !host.book().addresses(peer).isEmpty()) {
            return Optional.of(Contacts.of(peer, host.book().addresses(peer)));
        }
        Found<Contact> found = new Found<>();
        LookupResult _ = lookUp(
                peer.bytes(),
                findNode(peer.bytes()),
                (_, reply) -> {
                    reply.closer().stream()
                            .map(NamedPeer::contact)
                            .filter(contact -> contact.id().equals(peer)
                                    && !contact.addresses().isEmpty())
                            .findFirst()
                            .ifPresent(found::set);
                    return found.get().isPresent();
                },
                false);
        return found.get();
    }

    /** A value that a search hands out. Guarded by the search's lock, and read after its end. */
    private static final class Found<T> {
        private Optional<T> value = Optional.empty();

        void set(T newValue) {
            value = Optional.of(newValue);
        }

        Optional<T> get() {
            return value;
        }
    }

    /**
     * Stores a value with the peers closest to its key, and again every so often as long as this node runs.
     *
     * @return how many peers have stored it
     * @throws DhtFailure INVALID, NO_PEERS, NOT_STORED, or OUTDATED if anybody asked has a better one
     */
    public int put(Bytes key, Bytes value) throws InterruptedException {
        Optional<String> problem = settings.rules().problem(key, value, clock.now());
        if (problem.isPresent()) {
            throw new DhtFailure(Kind.INVALID, "the value is not valid: " + problem.get());
        }
        int stored = publisher.store(key, value, closestAnswering(key));
        published.value(key, value, clock.now());
        return stored;
    }

    /**
     * Finds a value, and tells those closest to the key who have a worse one, or none.
     *
     * @return the best of those found; nothing if there is none
     */
    public Optional<Bytes> get(Bytes key) throws InterruptedException {
        return find(key).value();
    }

    /**
     * What a search for a value has come to.
     *
     * @param value the best that was found
     * @param answered how many of those closest to the key have answered
     * @param silent how many peers have not
     */
    public record FoundValue(Optional<Bytes> value, int answered, int silent) {}

    /** As {@link #get}, for those who want to know how far to believe that there is no value. */
    public FoundValue find(Bytes key) throws InterruptedException {
        ValueSearch search = new ValueSearch(key, settings.rules(), settings.quorum());
        values.find(key).ifPresent(here -> search.answered(host.id(), Optional.of(here), clock.now()));
        LookupResult result = lookUp(
                key,
                KadMessage.request(KadMessage.Type.GET_VALUE, key),
                (peer, reply) -> {
                    search.answered(peer.id(), reply.record(), clock.now());
                    return search.hasQuorum();
                },
                false);
        Optional<Bytes> best = search.best();
        if (best.isPresent()) {
            correct(key, best.get(), search, result);
        }
        return new FoundValue(best, result.closest().size(), result.unanswered());
    }

    /** In tasks of the node's own: whoever asked has its answer. */
    private void correct(Bytes key, Bytes best, ValueSearch search, LookupResult result) throws InterruptedException {
        List<PeerId> wrong = search.outdated();
        List<PeerId> without = search.without();
        if (wrong.contains(host.id())) {
            RecordStore.Outcome _ = values.store(key, best);
        }
        for (Contact peer : result.closest()) {
            if (wrong.contains(peer.id()) || without.contains(peer.id())) {
                var _ = tasks.start("correct " + peer.id(), () -> neighbours.ask(peer, Publisher.request(key, best)));
            }
        }
    }

    /**
     * Says that this node has what a key names, to the peers closest to it, and again every so often as long as it runs.
     *
     * @return how many were told
     * @throws DhtFailure NO_PEERS or NOT_STORED
     */
    public int provide(Bytes key) throws InterruptedException {
        int told = publisher.announce(key, closestAnswering(key));
        published.provided(key, clock.now());
        return told;
    }

    /**
     * {@return peers that have said that they have what a key names, perhaps this one}
     *
     * @param wanted so many are enough
     */
    public List<Contact> findProviders(Bytes key, int wanted) throws InterruptedException {
        return findProviders(key, wanted, settings.lookups().timeout());
    }

    /**
     * {@return the same, sooner}
     *
     * @param patience after which another peer is asked in the stead of one that has not answered
     */
    public List<Contact> findProviders(Bytes key, int wanted, Duration patience) throws InterruptedException {
        Map<PeerId, Contact> found = new LinkedHashMap<>();
        state.providers(key, clock.now()).forEach(contact -> found.put(contact.id(), contact));
        if (found.size() < wanted) {
            LookupResult _ = lookUp(
                    key,
                    KadMessage.request(KadMessage.Type.GET_PROVIDERS, key),
                    (_, reply) -> {
                        for (NamedPeer provider : reply.providers()) {
                            // Whoever names one without addresses knows less than others do.
                            found.merge(
                                    provider.contact().id(),
                                    provider.contact(),
                                    (old, now) -> old.addresses().isEmpty() ? now : old);
                        }
                        return found.size() >= wanted;
                    },
                    false,
                    patience);
        }
        return found.values().stream().limit(wanted).toList();
    }

    private List<Contact> closestAnswering(Bytes key) throws InterruptedException {
        List<Contact> closest = closest(key).closest();
        if (closest.isEmpty()) {
            throw new DhtFailure(Kind.NO_PEERS, "no peer of " + settings.protocol() + " answers");
        }
        // Of a region that was widened all have answered, and all are to keep it.
        return closest;
    }

    private static KadMessage findNode(Bytes key) {
        return KadMessage.request(KadMessage.Type.FIND_NODE, key);
    }

    private LookupResult lookUp(Bytes key, KadMessage request, Searcher.Finding finding, boolean chosenAtRandom)
            throws InterruptedException {
        return lookUp(key, request, finding, chosenAtRandom, settings.lookups().timeout());
    }

    private LookupResult lookUp(
            Bytes key, KadMessage request, Searcher.Finding finding, boolean chosenAtRandom, Duration patience)
            throws InterruptedException {
        Key target = Key.of(key);
        Lookup lookup = new Lookup(
                host.id(),
                target,
                state.closest(target),
                settings.lookups().in(state.density()).waiting(patience));
        LookupResult result = searcher.run(lookup, request, finding);
        state.lookedUp(target, result, chosenAtRandom);
        return result;
    }

    /** Refreshes, publishes again and forgets, for as long as the node runs. */
    private boolean keep() throws InterruptedException {
        while (true) {
            clock.sleep(settings.tick());
            state.expire(clock.now());
            if (state.tableSize() > 0) {
                refresh();
                publishAgain();
                handOn.run(key -> closest(key).closest());
            }
        }
    }

    private void publishAgain() throws InterruptedException {
        for (Published.Due due : published.due(clock.now())) {
            try {
                List<Contact> peers = closestAnswering(due.key());
                int _ = due.value().isPresent()
                        ? publisher.store(due.key(), due.value().get(), peers)
                        : publisher.announce(due.key(), peers);
            } catch (DhtFailure e) {
                if (e.kind() == Kind.OUTDATED) {
                    published.withdraw(due.key());
                }
                continue; // its turn stays
            }
            published.again(due, clock.now());
        }
    }

    /** Ceases to store a value, or to say that this node has something, again and again; what was said runs out. */
    public void withdraw(Bytes key) {
        published.withdraw(key);
    }
}
