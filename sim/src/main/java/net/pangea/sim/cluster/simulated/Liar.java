package net.pangea.sim.cluster.simulated;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.Key;
import net.pangea.kad.NamedPeer;
import net.pangea.kad.RecordRules;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.protocol.PeerLinks;

/**
 * A peer of the DHT that lies. It joins as a node does, so that it gets into the others' tables; whoever asks it is given
 * other liars, and no value or provider ever.
 */
final class Liar {
    /** Closer peers are what an answer has room for. */
    private static final int NAMED = 20;

    private final Machine machine;
    private final IdentityKey key;
    private final Multiaddr listen;
    private final List<Security> securities;
    private final List<Multiaddr> bootstrap;
    private final Supplier<List<Contact>> liars;
    private final boolean silent;

    /**
     * @param liars all of them, as they are known now
     * @param silent whether it pretends to be a storage node, and never answers as one
     */
    Liar(
            Machine machine,
            IdentityKey key,
            Multiaddr listen,
            List<Security> securities,
            List<Multiaddr> bootstrap,
            Supplier<List<Contact>> liars,
            boolean silent) {
        this.machine = machine;
        this.key = key;
        this.listen = listen;
        this.securities = securities;
        this.bootstrap = bootstrap;
        this.liars = liars;
        this.silent = silent;
    }

    static Contact contact(IdentityKey key, Multiaddr listen) {
        return Contact.bounded(key.peerId(), List.of(listen.bytes()));
    }

    /** Lies until it is cancelled. */
    void run() throws InterruptedException {
        HostSettings settings = HostSettings.of(listen.tcpEndpoint().stream().toList())
                .withQuic(listen.quicEndpoint().stream().toList())
                .secured(securities.toArray(Security[]::new));
        try (Scope tasks = machine.tasks().open("liar");
                Host host = Host.start(key, settings, machine, tasks)) {
            Dht dht = Dht.start(host, DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS), machine, tasks);
            host.serve(DhtSettings.PANGEA, this::answer);
            if (silent) {
                host.serve(PeerLinks.PROTOCOL, Liar::neverAnswer);
            }
            try {
                dht.join(bootstrap);
            } catch (DhtFailure e) {
                // Nobody is there to be lied to; it still waits for others.
            }
            tasks.joinAll();
        }
    }

    private void answer(Stream stream) throws InterruptedException {
        while (true) {
            Optional<Bytes> message = Delimited.next(stream, KadMessage.MAX_REQUEST_BYTES);
            if (message.isEmpty()) {
                return;
            }
            KadMessage request = KadMessage.decode(message.get());
            switch (request.type()) {
                case PING -> Delimited.write(stream, KadMessage.ping().encode());
                case PUT_VALUE -> Delimited.write(stream, request.encode()); // as if it were stored
                case ADD_PROVIDER -> {
                    // Nobody expects an answer.
                }
                case FIND_NODE, GET_VALUE, GET_PROVIDERS ->
                    Delimited.write(stream, lie(request).encodeFitted());
            }
        }
    }

    private KadMessage lie(KadMessage request) {
        Key target = Key.of(request.key());
        List<Contact> closest = new ArrayList<>(liars.get());
        closest.sort((one, other) -> target.compareDistances(Key.of(one.id()), Key.of(other.id())));
        return new KadMessage(
                request.type(),
                request.key(),
                Optional.empty(),
                closest.stream().limit(NAMED).map(NamedPeer::of).toList(),
                List.of());
    }

    private static void neverAnswer(Stream stream) throws InterruptedException {
        ByteBuffer ignored = ByteBuffer.allocate(1 << 10);
        while (stream.read(ignored.clear()) >= 0) {
            // it takes everything and says nothing
        }
    }
}
