package net.pangea.kad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.kad.LookupStep.Ask;
import net.pangea.kad.LookupStep.Done;
import net.pangea.kad.LookupStep.Explore;
import net.pangea.kad.LookupStep.Wait;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

/**
 * Any number of peers in memory, each with a routing table that the protocol has filled. Answers come in random order;
 * dead, silent and invented peers never answer.
 */
final class KadNetwork {
    /** The first so many are honest, and known to all. */
    private static final int BOOTSTRAP_PEERS = 3;

    private static final long MILLIS = 1_000_000;

    /** How a peer answers. */
    enum Behaviour {
        HONEST,
        /** With those of its clan that are closest to the key. */
        NAMES_ITS_CLAN,
        /** With those that it knows farthest from the key. */
        NAMES_THE_FAR,
        /** With peers next to the key that do not exist. */
        INVENTS,
        /** Only to those that want to know whether it lives, so as to stay in their tables. */
        DEAF,
        /** Not at all. */
        SILENT
    }

    /** One peer. */
    static final class Peer {
        final Contact contact;
        final Key key;
        final RoutingTable table;
        final NetworkSize size = new NetworkSize();
        final List<Peer> clan;
        Behaviour behaviour;

        Peer(PeerId id, Behaviour behaviour, List<Peer> clan) {
            this.contact = new Contact(id, List.of());
            this.key = Key.of(id);
            this.table = new RoutingTable(id, Diversity.NONE);
            this.behaviour = behaviour;
            this.clan = clan;
        }

        boolean isHonest() {
            return behaviour == Behaviour.HONEST;
        }
    }

    final List<Peer> peers = new ArrayList<>();
    final RandomStream random;
    private final Map<PeerId, Peer> byId = new HashMap<>();
    private final Ids inventions;
    private long now;

    private KadNetwork(long seed) {
        this.random = RandomStream.of(seed, "kad network");
        this.inventions = new Ids(100_000, RandomStream.of(seed, "inventions"));
    }

    /**
     * {@return a network of so many peers, which have joined one after the other}
     *
     * @param liars of these behaviours are as many, taken by turns
     */
    static KadNetwork of(int peers, int liarsPerMille, List<Behaviour> liars, long seed) {
        KadNetwork network = new KadNetwork(seed);
        List<Peer> clan = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            boolean lies = i >= BOOTSTRAP_PEERS && network.random.nextInt(1_000) < liarsPerMille;
            network.join(Ids.random(network.random), lies ? liars.get(i % liars.size()) : Behaviour.HONEST, clan);
        }
        return network;
    }

    /** One more peer, which knows the bootstrap peers, and looks into its buckets. */
    Peer join(PeerId id, Behaviour behaviour, List<Peer> clan) {
        Peer peer = new Peer(id, behaviour, clan);
        for (Peer known : peers.subList(0, Math.min(peers.size(), BOOTSTRAP_PEERS))) {
            settle(peer, peer.table.answered(known.contact, Mode.SERVER, now));
        }
        byId.put(id, peer);
        peers.add(peer);
        if (behaviour != Behaviour.HONEST) {
            clan.add(peer);
        }
        refresh(peer); // the own key
        refresh(peer); // the buckets that this has brought
        return peer;
    }

    /** Ends peers: nobody hears of it. */
    void leave(List<Peer> leaving) {
        peers.removeAll(leaving);
        leaving.forEach(peer -> byId.remove(peer.contact.id()));
    }

    /** {@return the usual settings, with a peer's notion of how large the network is} */
    LookupSettings settings(Peer of) {
        return LookupSettings.DEFAULT.in(of.size.density(of.table.reach(), now));
    }

    /** Lets time pass, and everyone look into its buckets. */
    void refresh() {
        now += RoutingTable.REFRESH_INTERVAL.toNanos();
        peers.forEach(this::refresh);
    }

    private void refresh(Peer peer) {
        for (Bytes key : peer.table.refreshKeys(now, random)) {
            LookupResult found = lookup(peer, Key.of(key), LookupSettings.DEFAULT);
            found.reach().ifPresent(reach -> peer.size.add(reach, now));
        }
    }

    LookupResult lookup(Peer from, Key target, LookupSettings settings) {
        Lookup lookup = new Lookup(from.contact.id(), target, from.table.closest(target, RoutingTable.K), settings);
        List<Sent> inFlight = new ArrayList<>();
        while (true) {
            switch (lookup.next(now)) {
                case Ask(Contact peer) -> inFlight.add(new Sent(peer, target));
                case Explore(Contact peer, Bytes key) -> inFlight.add(new Sent(peer, Key.of(key)));
                case Wait(long until) -> deliver(from, lookup, inFlight, until);
                case Done(LookupResult result) -> {
                    from.table.lookedUp(target, now);
                    return result;
                }
            }
        }
    }

    private record Sent(Contact peer, Key about) {}

    private void deliver(Peer from, Lookup lookup, List<Sent> inFlight, long until) {
        List<Sent> answered = inFlight.stream()
                .filter(sent -> answers(sent.peer(), Behaviour.DEAF))
                .toList();
        if (answered.isEmpty()) {
            now = Math.max(now, until);
            for (Sent sent : inFlight) {
                settle(from, from.table.failed(sent.peer().id(), now));
            }
            inFlight.clear();
            return;
        }
        now += MILLIS;
        Sent sent = random.pick(answered);
        inFlight.remove(sent);
        Peer asked = peer(sent.peer()).orElseThrow();
        var _ = lookup.answered(asked.contact.id(), answer(asked, from, sent.about()));
        settle(from, from.table.answered(asked.contact, Mode.SERVER, now));
        settle(asked, asked.table.heardOf(from.contact, now));
    }

    /** Pings whom the table wants to have pinged. */
    private void settle(Peer peer, TableUpdate update) {
        TableUpdate next = update;
        while (next instanceof TableUpdate.NeedPing(Contact contact)) {
            next = answers(contact, Behaviour.SILENT)
                    ? peer.table.answered(contact, Mode.SERVER, now)
                    : peer.table.failed(contact.id(), now);
        }
    }

    private List<Contact> answer(Peer peer, Peer to, Key about) {
        List<Contact> named = switch (peer.behaviour) {
            case HONEST, DEAF, SILENT -> peer.table.closest(about, RoutingTable.K + 1);
            case NAMES_ITS_CLAN -> contacts(closest(peer.clan, about, RoutingTable.K + 1));
            case NAMES_THE_FAR -> contacts(farthest(peer, about));
            case INVENTS ->
                inventions.near(about, RoutingTable.K).stream()
                        .map(id -> new Contact(id, List.of()))
                        .toList();
        };
        return named.stream()
                .filter(contact -> !contact.id().equals(to.contact.id()))
                .limit(RoutingTable.K)
                .toList();
    }

    private List<Peer> farthest(Peer peer, Key about) {
        List<Peer> known = peer.table.contacts().stream()
                .flatMap(contact -> peer(contact).stream())
                .toList();
        return closest(known, about, known.size()).reversed();
    }

    private boolean answers(Contact contact, Behaviour least) {
        return peer(contact).filter(peer -> peer.behaviour.compareTo(least) < 0).isPresent();
    }

    Optional<Peer> peer(Contact contact) {
        return Optional.ofNullable(byId.get(contact.id()));
    }

    static List<Contact> contacts(List<Peer> peers) {
        return peers.stream().map(peer -> peer.contact).toList();
    }

    /** {@return those that are closest in truth} */
    static List<Peer> closest(List<Peer> among, Key key, int count) {
        return among.stream()
                .sorted((one, other) -> key.compareDistances(one.key, other.key))
                .limit(count)
                .toList();
    }
}
