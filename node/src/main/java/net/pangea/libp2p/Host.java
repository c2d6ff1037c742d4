package net.pangea.libp2p;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * One peer of a libp2p network. It listens, dials whom it is asked to reach, keeps the connections, and runs a handler for
 * every stream that a peer opens.
 *
 * <p>Its tasks run in the scope it was started in: one for each place where it listens, four for each connection at most, one
 * for each stream that is served. Any task may call it.
 */
public final class Host implements AutoCloseable {
    /** What its identify message says that it speaks, as all implementations do. */
    private static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    private final IdentityKey key;
    private final HostSettings settings;
    private final Machine machine;
    private final Scope tasks;
    private final AddressBook book;
    private final OwnRecord record;
    private final Protocols protocols = new Protocols();
    private final StreamOpener opener;
    private final Serving serving;
    private final Tally tally = new Tally();
    private final Swarm swarm;
    private final Transports transports;
    private final Dialer dialer;

    private Host(IdentityKey key, HostSettings settings, Machine machine, Scope tasks) {
        this.key = key;
        this.settings = settings;
        this.machine = machine;
        this.tasks = tasks;
        this.book = new AddressBook(machine.clock());
        this.record = new OwnRecord(key, machine.clock());
        HostLimits limits = settings.limits();
        this.opener = new StreamOpener(machine.clock(), limits.negotiation(), book, tasks);
        Identify identify = new Identify(book, machine.results(), this::describe);
        this.serving = new Serving(protocols, identify, book, opener, limits, machine.clock(), tally);
        this.swarm = new Swarm(key.peerId(), limits, machine.clock(), machine.events(), tasks, tally, serving);
        this.transports = new Transports(key, settings, machine, tasks, swarm, book, tally);
        this.dialer = new Dialer(machine, book, limits, transports.ways());
        protocols.serve(Ping.PROTOCOL, Ping::serve);
        protocols.serve(Identify.PROTOCOL, stream -> identify.tell(stream, Optional.of(stream.address())));
        protocols.serve(Identify.PUSH, serving::pushed);
    }

    /**
     * {@return a host that listens}
     *
     * @param tasks in which its tasks run: cancelling them ends it
     * @throws NetworkFailure if it cannot listen
     * @throws IllegalArgumentException if one of the settings' securities is not for this kind of machine
     */
    public static Host start(IdentityKey key, HostSettings settings, Machine machine, Scope tasks) {
        Host host = new Host(key, settings, machine, tasks);
        host.transports.open(settings);
        host.swarm.start();
        return host;
    }

    public PeerId id() {
        return key.peerId();
    }

    /** {@return what it knows of other peers} */
    public AddressBook book() {
        return book;
    }

    /** {@return where it can be reached: its listeners' addresses, and all of the machine's for those that listen at any} */
    public List<Multiaddr> addresses() {
        return transports.addresses();
    }

    /** Serves a protocol from now on, and tells those it is connected with. */
    public void serve(String protocol, StreamHandler handler) {
        protocols.serve(protocol, handler);
        for (Link link : swarm.all()) {
            if (book.protocols(link.peer()).contains(Identify.PUSH)) {
                var _ = tasks.start("push to " + link.peer(), () -> {
                    serving.push(link);
                    return true;
                });
            }
        }
    }

    /** Lets somebody hear about peers. */
    public void watch(PeerWatcher watcher) {
        serving.watch(watcher);
    }

    /** {@return the peers that there is a connection with} */
    public List<PeerId> peers() {
        return swarm.peers();
    }

    /** {@return how many connections are open} */
    public int connections() {
        return swarm.count();
    }

    /** {@return how many streams that others have opened are being served} */
    public int servedStreams() {
        return serving.served();
    }

    /** {@return what was refused or ended, by its reason} */
    public SortedMap<String, Long> tally() {
        return tally.counts();
    }

    /** Counts one more that was refused or ended, by whoever serves a protocol. Reasons are few, and words of ours. */
    public void count(String reason) {
        tally.count(reason);
    }

    /**
     * Connects with a peer whose addresses are in the book, unless there is a connection.
     *
     * @throws HostFailure NO_ADDRESS, UNREACHABLE, BACKED_OFF, EXHAUSTED or CLOSED
     */
    public void connect(PeerId peer) throws InterruptedException {
        Link _ = link(peer);
    }

    /**
     * Connects with the peer that an address names at its end, unless there is a connection. It is dialed even if it was not
     * reached a moment ago: whoever gives an address has a reason to think that it is there now.
     *
     * @throws HostFailure NO_ADDRESS if it names none; UNREACHABLE, EXHAUSTED or CLOSED
     */
    public PeerId connect(Multiaddr address) throws InterruptedException {
        PeerId peer = address.peer()
                .orElseThrow(() -> new HostFailure(
                        Kind.NO_ADDRESS, address + " does not end in /p2p/ and the id of the peer that is there"));
        book.add(peer, List.of(address), AddressBook.HEARSAY);
        Optional<Link> there = there(peer);
        if (there.isEmpty()) {
            Link _ = dialer.dialAnyway(peer);
        }
        return peer;
    }

    /**
     * Opens a stream, over a connection that is there or a new one.
     *
     * @param protocols what may be spoken, the preferred first
     * @throws HostFailure as of {@link #connect(PeerId)}; NOT_SUPPORTED, REFUSED or LOST
     */
    public Stream open(PeerId peer, List<String> protocols) throws InterruptedException {
        Link link = link(peer);
        try {
            return opener.open(link, protocols);
        } catch (HostFailure e) {
            if (e.kind() != Kind.LOST) {
                throw e;
            }
            swarm.drop(link, "lost");
        }
        return opener.open(link(peer), protocols); // it had ended, and nobody had noticed
    }

    /** Closes the connections with a peer. */
    public void hangUp(PeerId peer) {
        for (Link link : swarm.all()) {
            if (link.peer().equals(peer)) {
                swarm.drop(link, "closed by this host");
            }
        }
    }

    /**
     * {@return how long a round trip to a peer takes, over a stream of its own}
     *
     * @throws HostFailure as of {@link #open}
     */
    public Duration ping(PeerId peer) throws InterruptedException {
        try (Pinging pinging = pinging(peer)) {
            return pinging.once();
        }
    }

    /**
     * {@return round trips to a peer over one stream}
     *
     * @throws HostFailure as of {@link #open}
     */
    public Pinging pinging(PeerId peer) throws InterruptedException {
        return new Pinging(
                open(peer, List.of(Ping.PROTOCOL)),
                machine.clock(),
                machine.random("ping"),
                settings.limits().negotiation());
    }

    private Link link(PeerId peer) throws InterruptedException {
        Optional<Link> there = there(peer);
        return there.isPresent() ? there.get() : dialer.dial(peer);
    }

    private Optional<Link> there(PeerId peer) {
        if (swarm.isClosed()) {
            throw new HostFailure(Kind.CLOSED, "this host is closed");
        }
        if (peer.equals(id())) {
            throw new HostFailure(Kind.NO_ADDRESS, "a host does not dial itself");
        }
        return swarm.best(peer);
    }

    private IdentifyMessage describe() {
        List<Multiaddr> addresses = addresses();
        return new IdentifyMessage(
                Optional.of(key.publicKey()),
                addresses,
                protocols.names(),
                Optional.empty(),
                PROTOCOL_VERSION,
                settings.agent(),
                Optional.of(record.of(addresses)));
    }

    /** Stops listening and closes every connection. Its tasks end; who started it joins them. Idempotent. */
    @Override
    public void close() {
        swarm.close();
        transports.close();
    }
}
