package net.pangea.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.ces.Suite;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtSettings;
import net.pangea.holding.HolderSelf;
import net.pangea.holding.HolderService;
import net.pangea.holding.HolderSurroundings;
import net.pangea.holding.HoldingSettings;
import net.pangea.kad.Key;
import net.pangea.keys.Keys;
import net.pangea.libp2p.AddressRank;
import net.pangea.libp2p.Host;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.manifest.ObjectLimits;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.object.FailureDomain;
import net.pangea.object.ObjectServices;
import net.pangea.object.Owner;
import net.pangea.object.Peers;
import net.pangea.object.Placement;
import net.pangea.object.PutSettings;
import net.pangea.object.Upkeep;
import net.pangea.protocol.Arrivals;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerLinks;
import net.pangea.repair.Flock;
import net.pangea.repair.Neighbourhood;
import net.pangea.repair.RepairService;
import net.pangea.repair.Surroundings;
import net.pangea.store.EntryStore;
import net.pangea.store.LogStore;

/**
 * All that a node does, wired together.
 *
 * @param objects what it does for its own user
 * @param holder what it does for other nodes
 * @param arrivals what peers ask, as long as it is not answered
 * @param memory permits for what moves whole segments: puts, gets, and the catalogue's
 */
record NodeServices(
        ObjectServices objects,
        HolderService holder,
        RepairService repair,
        Flock flock,
        Host host,
        Dht dht,
        Members members,
        SideServices side,
        Joining joining,
        Announcer announcer,
        PeerLinks links,
        Arrivals arrivals,
        EntryStore store,
        Semaphore memory,
        Clock clock,
        Events events,
        FaultPoints faults,
        Deadlines deadlines)
        implements AutoCloseable {
    /** What arrives takes one part of so many of the memory, and as much again while it is decoded. */
    private static final int ARRIVING_ONE_IN = 8;

    private static final Duration UPKEEP_ROUND_MAX = Duration.ofMinutes(1);

    /** @param tasks in which the host's tasks run, and those of the DHT */
    static NodeServices of(NodeConfig config, Keys keys, LogStore store, Machine machine, Scope tasks)
            throws InterruptedException {
        NodeSettings settings = config.settings();
        Owner owner = new Owner(keys.master(), machine.secrets());
        IdentityKey identity = IdentityKey.ofSeed(keys.identitySeed());
        long memory = machine.capabilities().memoryBytes();
        Host host = Host.start(identity, settings.hosting(config.p2p(), config.zone(), memory), machine, tasks);
        CatalogueRecords catalogues = new CatalogueRecords();
        DhtSettings network = DhtSettings.server(DhtSettings.PANGEA, CatalogueRecords.RULES)
                .fitting(memory)
                .refreshing(settings.refresh());
        Dht dht = Dht.start(host, network, catalogues, machine, tasks);
        PeerLinks links =
                new PeerLinks(new HostRoads(host), machine.clock(), config.deadlines(), PeerLinks.BUSY_PER_PEER);
        Members members = new Members(
                host,
                dht,
                links,
                machine.clock(),
                machine.tasks(),
                machine.random("members"),
                settings.holding().collectPeriod(),
                new MembersNote(store));
        Peer self = new Peer(host.id(), places(host, config), config.zone());
        HoldingSettings holding = settings.holding()
                .accepting(
                        config.everyone() ? HoldingSettings.Accept.EVERYONE : HoldingSettings.Accept.LISTED,
                        config.owners());
        Announcer announcer =
                new Announcer(dht, Key.of(host.id()), machine.clock(), machine.events(), machine.random("announcer"));
        HolderService holder = HolderService.open(
                new HolderSelf(self.name(), owner.id(), config.zone().orElse("")),
                holding,
                new HolderSurroundings(
                        store,
                        machine.clock(),
                        members,
                        announcer,
                        machine.events(),
                        machine.random("holding-life").nextLong() >>> 1));
        catalogues.open(holder.pointers());
        Peers peers = new Peers(self, members, holder::answer, links, machine.clock());
        ObjectServices objects = ObjectServices.of(
                peers,
                new CatalogueDht(dht),
                owner,
                store,
                new PutSettings(
                        settings.redundancy(),
                        ObjectLimits.SEGMENT_BYTES,
                        settings.lease(),
                        Suite.fastestOn(machine.capabilities()).code()),
                upkeep(settings),
                config.deadlines(),
                machine);
        Flock flock = RepairService.flock(machine.clock(), settings.repair());
        Surroundings around = new Surroundings(
                machine.clock(),
                machine.tasks(),
                machine.events(),
                peers::ask,
                new Around(peers),
                new OwnHoldings(holder),
                machine.capabilities().vectorBits());
        return new NodeServices(
                objects,
                holder,
                new RepairService(around, settings.repair(), machine.random("repair"), flock),
                flock,
                host,
                dht,
                members,
                new SideServices(settings, host, store, machine, tasks),
                new Joining(host.id(), dht, members, config.bootstrap(), machine),
                announcer,
                links,
                Arrivals.within(memory / ARRIVING_ONE_IN),
                store,
                new Semaphore(Node.objectsAtATime(memory), true),
                machine.clock(),
                machine.events(),
                machine.faults(),
                config.deadlines());
    }

    /** Where others reach this node, as far as it knows. */
    private static List<Multiaddr> places(Host host, NodeConfig config) {
        List<Multiaddr> places = AddressRank.widest(host.addresses());
        return places.isEmpty() ? config.p2p() : places;
    }

    private static Upkeep.Settings upkeep(NodeSettings settings) {
        Duration round = settings.catalogue().compareTo(UPKEEP_ROUND_MAX) < 0 ? settings.catalogue() : UPKEEP_ROUND_MAX;
        return new Upkeep.Settings(round, settings.catalogue(), settings.lease());
    }

    /** Starts what a node does without being asked. */
    void start(Scope tasks) {
        start(tasks, "upkeep", () -> {
            joining.awaitJoined(); // else an empty node would think that nobody has its catalogue
            objects.upkeep().run();
        });
        host.watch(members);
        host.serve(PeerLinks.PROTOCOL, stream -> new PeerSession(stream, this).run());
        start(tasks, "join", joining::run);
        start(tasks, "members", members::run);
        start(tasks, "scrub", holder.scrubber()::run);
        start(tasks, "collect", holder.collector(() -> flock.mayAct(clock.nanoTime()))::run);
        start(tasks, "compact", holder.compactor()::run);
        start(tasks, "repair", repair::run);
        announcer.start(tasks, new AnnouncedHoldings(new OwnHoldings(holder), objects.peers(), repair));
    }

    private interface Duty {
        void run() throws InterruptedException;
    }

    private static void start(Scope tasks, String name, Duty duty) {
        tasks.start(name, () -> {
            duty.run();
            return name;
        });
    }

    /** Closes connections to peers. */
    @Override
    public void close() {
        links.close();
        host.close();
    }

    /** The peers as repair sees them. */
    private static final class Around implements Neighbourhood {
        /** About 400 bytes each in a network of fifty. */
        private static final int REMEMBERED_MAX = 1 << 13;

        private final Peers peers;
        private final ReentrantLock lock = new ReentrantLock();
        private final LinkedHashMap<Sha256, List<Peer>> ranks = new LinkedHashMap<>(16, 0.75f, true); // guarded by lock

        Around(Peers peers) {
            this.peers = peers;
        }

        @Override
        public Peer self() {
            return peers.self();
        }

        @Override
        public List<Peer> ranked(Sha256 placementKey) {
            lock.lock();
            try {
                List<Peer> ranked = ranks.get(placementKey);
                if (ranked == null) {
                    ranked = Placement.rank(placementKey, peers.all());
                    ranks.put(placementKey, ranked);
                    if (ranks.size() > REMEMBERED_MAX) {
                        var _ = ranks.pollFirstEntry();
                    }
                }
                return ranked;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public String domain(Peer peer) {
            return FailureDomain.of(peer).name();
        }
    }
}
