package net.pangea.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Contacts;
import net.pangea.dht.Dht;
import net.pangea.holding.PeerClocks;
import net.pangea.kad.Contact;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.AddressRank;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.PeerWatcher;
import net.pangea.machine.Bell;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.object.Membership;
import net.pangea.object.ProviderKey;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerLinks;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.Welcome;
import net.pangea.store.StoreFailure;

/**
 * The nodes that this one has met: whoever speaks {@link PeerLinks#PROTOCOL}. They are met because they connect, because a
 * lookup in the DHT leads to them, or because one is made for that. One that was silent for a day is forgotten.
 *
 * <p>Some are asked again now and then, which also tells how far its clock is ahead of this machine's: the answer counts as
 * read half-way between question and answer (Cristian, "Probabilistic Clock Synchronization", 1989); what is measured here
 * are days.
 */
final class Members implements Membership, PeerWatcher, PeerClocks {
    /** A network larger than this is known in parts: those closest to what this node holds and looks for. */
    static final int MEMBERS_MAX = 1_024;

    /** A lookup takes a few round trips; what takes longer waits for peers that are gone. */
    private static final Duration LOOKUP_MAX = Duration.ofSeconds(2);

    private static final String AGENT_ZONE = " zone=";

    /** The median of so many clocks is as good as that of all. */
    private static final int CLOCKS_MAX = 32;

    private static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final Host host;
    private final Dht dht;
    private final PeerCaller peers;
    private final Clock clock;
    private final Tasks tasks;
    private final RandomStream random; // by the task that runs
    private final Duration period;
    private final MembersNote note;
    private List<Peer> noted = List.of(); // by the task that runs
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Bell othersChanged = new Bell();
    // Guarded by lock, all of them. The one longest not heard of is the first.
    private final LinkedHashMap<String, Member> members = new LinkedHashMap<>();
    private final Set<String> greeted = new LinkedHashSet<>();
    private List<Peer> others = List.of();
    private boolean peersChanged; // since others were found
    private boolean clocksChanged; // since the median was found
    /** Wanted with every change of an object. */
    private OptionalLong medianMillis = OptionalLong.empty();

    private record Member(Peer peer, OptionalLong aheadMillis, long heardNanos) {}

    /**
     * Knows whom the note names.
     *
     * @param random draws whose clocks are asked
     * @param period between two questions to one member
     */
    Members(
            Host host,
            Dht dht,
            PeerCaller peers,
            Clock clock,
            Tasks tasks,
            RandomStream random,
            Duration period,
            MembersNote note) {
        this.host = host;
        this.dht = dht;
        this.peers = peers;
        this.clock = clock;
        this.tasks = tasks;
        this.random = random;
        this.period = period;
        this.note = note;
        this.noted = note.read();
        for (Peer peer : noted) {
            note(new Member(peer, OptionalLong.empty(), clock.nanoTime()));
        }
    }

    @Override
    public List<Peer> others() {
        return locked(() -> {
            if (peersChanged) {
                sortPeers();
            }
            return others;
        });
    }

    @Override
    public void identified(PeerId peer, List<String> protocols) {
        List<Multiaddr> at = AddressRank.widest(host.book().addresses(peer));
        if (protocols.contains(PeerLinks.PROTOCOL) && !at.isEmpty()) {
            OptionalLong ahead = locked(() -> {
                Member known = members.get(peer.toString());
                return known == null ? OptionalLong.empty() : known.aheadMillis;
            });
            note(new Member(new Peer(peer, at, zone(host.book().agent(peer))), ahead, clock.nanoTime()));
        }
    }

    @Override
    public void disconnected(PeerId peer) {
        // A connection that was idle and ended says nothing about the node.
    }

    /** {@return what a node's host says that it is: its version, and its zone if it has one} */
    static String agent(Optional<String> zone) {
        return HostSettings.AGENT + zone.map(name -> AGENT_ZONE + name).orElse("");
    }

    private static Optional<String> zone(String agent) {
        int at = agent.indexOf(AGENT_ZONE);
        return at < 0 ? Optional.empty() : Optional.of(agent.substring(at + AGENT_ZONE.length()));
    }

    /** Others may know some of a member's addresses only. */
    private boolean isNews(Peer heard) {
        Member known = locked(() -> members.get(heard.name()));
        return known == null || !known.peer.addresses().containsAll(heard.addresses());
    }

    @Override
    public void meet(Sha256 placementKey) throws InterruptedException {
        try {
            clock.within(LOOKUP_MAX, () -> {
                meet(dht.closest(placementKey.bytes()).closest());
                return placementKey;
            });
        } catch (DeadlineExceeded e) {
            // Somebody is slow; whoever was met by then is known.
        }
    }

    @Override
    public List<Peer> providers(Sha256 object) throws InterruptedException {
        Set<String> found = new LinkedHashSet<>();
        try {
            clock.within(LOOKUP_MAX.multipliedBy(2), () -> {
                List<Contact> providers = dht.findProviders(ProviderKey.of(object), ProviderKey.WANTED, LOOKUP_MAX);
                providers.forEach(provider -> found.add(provider.id().toString()));
                meet(providers);
                return object;
            });
        } catch (DeadlineExceeded e) {
            // Somebody is slow; whoever was met by then is known.
        }
        return others().stream().filter(peer -> found.contains(peer.name())).toList();
    }

    /** Greets those that are not known yet, and waits for their answers. */
    void meet(List<Contact> contacts) throws InterruptedException {
        try (Scope meeting = tasks.open("meet")) {
            for (Contact contact : contacts) {
                host.book().add(contact.id(), Contacts.addresses(contact), AddressBook.HEARSAY);
                List<Multiaddr> at = AddressRank.widest(Contacts.addresses(contact));
                if (at.isEmpty()) {
                    continue;
                }
                Peer heard = new Peer(contact.id(), at, Optional.empty());
                if (isNews(heard)) {
                    var _ = meeting.start("greet " + contact.id(), () -> greet(heard));
                }
            }
            meeting.joinAll();
        }
    }

    /** Asks all members, again and again, and keeps a note of them, until it is cancelled. */
    void run() throws InterruptedException {
        long asked = clock.nanoTime() - period.toNanos();
        while (true) {
            keepNote();
            clock.sleep(NOTE_EVERY.compareTo(period) < 0 ? NOTE_EVERY : period);
            othersChanged.await(clock, period.minusNanos(clock.nanoTime() - asked));
            if (clock.nanoTime() - asked >= period.toNanos()) {
                asked = clock.nanoTime();
                askSome();
                forgetSilent();
            }
        }
    }

    /** So many that each is asked several times before it would be forgotten, and a large network is not flooded. */
    private void askSome() throws InterruptedException {
        List<Peer> all = new ArrayList<>(others());
        for (int asked = 0; asked < CLOCKS_MAX && !all.isEmpty(); asked++) {
            boolean _ = greet(all.remove(random.nextInt(all.size())));
        }
    }

    private void keepNote() throws InterruptedException {
        List<Peer> now = others();
        if (!now.equals(noted)) {
            try {
                note.keep(now);
                noted = now;
            } catch (StoreFailure | DiskFailure e) {
                // It is an aid for the next start, and the store says itself that it is broken.
            }
        }
    }

    private boolean greet(Peer peer) throws InterruptedException {
        if (!begin(peer.name())) {
            return false;
        }
        long asked = clock.nanoTime();
        try {
            if (peers.ask(peer, new Hello()) instanceof Welcome welcome) {
                long halfWayMillis = (clock.nanoTime() - asked) / 2_000_000;
                long ahead = welcome.nowMillis() + halfWayMillis - clock.now().toEpochMilli();
                Optional<String> zone = Optional.of(welcome.zone()).filter(name -> !name.isEmpty());
                note(new Member(
                        new Peer(peer.name(), peer.addresses(), zone), OptionalLong.of(ahead), clock.nanoTime()));
            }
            return true;
        } catch (PeerFailure e) {
            silent(peer); // one that does not answer now says nothing of what time it is now
            return false;
        } finally {
            end(peer.name());
        }
    }

    /** {@return whether this task is to greet; if another does so at this moment, it is waited for} */
    private boolean begin(String peer) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (greeted.add(peer)) {
                return true;
            }
            while (greeted.contains(peer)) {
                ended.await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void end(String peer) {
        var _ = locked(() -> {
            ended.signalAll();
            return greeted.remove(peer);
        });
    }

    private void note(Member member) {
        locked(() -> {
            Member before = members.remove(member.peer.name());
            members.put(member.peer.name(), member);
            boolean isOver = members.size() > MEMBERS_MAX;
            if (isOver) {
                var _ = members.pollFirstEntry();
            }
            // Most are noted again as they were, and it takes a while to sort a thousand.
            if (isOver || before == null || !before.peer.equals(member.peer)) {
                peersChanged = true;
                othersChanged.ring();
            }
            clocksChanged |= isOver || before == null || !before.aheadMillis.equals(member.aheadMillis);
            return member;
        });
    }

    private void silent(Peer peer) {
        locked(() -> {
            members.computeIfPresent(
                    peer.name(), (_, known) -> new Member(known.peer, OptionalLong.empty(), known.heardNanos));
            clocksChanged = true;
            return peer;
        });
    }

    private void forgetSilent() {
        long now = clock.nanoTime();
        locked(() -> {
            boolean any = members.values().removeIf(known -> now - known.heardNanos > FORGOTTEN_AFTER.toNanos());
            peersChanged |= any;
            clocksChanged |= any;
            return any;
        });
    }

    private void sortPeers() {
        peersChanged = false;
        List<Peer> now = new ArrayList<>();
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            now.add(entry.getValue().peer);
        }
        // By place, which everybody has in common: what is said to all is said in an order of its own.
        now.sort((one, other) -> one.place().compareTo(other.place()));
        others = List.copyOf(now);
    }

    private void findMedian() {
        clocksChanged = false;
        List<Long> ahead = new ArrayList<>();
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            entry.getValue().aheadMillis.ifPresent(ahead::add);
        }
        ahead.sort(null);
        medianMillis = ahead.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ahead.get((ahead.size() - 1) / 2));
    }

    @Override
    public OptionalLong medianAheadMillis() {
        return locked(() -> {
            if (clocksChanged) {
                findMedian();
            }
            return medianMillis;
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
