package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.network.device.Audit;
import net.pangea.sim.network.device.Firewall;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.Nat;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Protocol;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/** The network between the hosts of one simulation. */
public final class Fabric {
    /** One way from a host to itself. */
    private static final long LOOPBACK_NANOS = 10_000;

    /** As many datagrams wait at one clog; the windows of streams bound what waits of them. */
    private static final int HELD_DATAGRAMS_MAX = 10_000;

    /** A packet that is held back waits for up to so many more latencies. */
    private static final int REORDER_LATENCIES = 4;

    /** IPv4 and UDP headers (RFC 791, RFC 768). */
    private static final int DATAGRAM_HEADER_BYTES = 28;

    private final Simulation simulation;
    private final List<Nic> nics = new ArrayList<>();
    // Looked up, never iterated.
    private final AddressTable byAddress = new AddressTable();
    private final Map<String, Nic> byName = new HashMap<>();
    private final Groups groups = new Groups();
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Clog> clogs = new ArrayList<>();
    private long[][] regionNanos = {{0}};
    private PacketTap tap = PacketTap.NONE;
    private @Nullable BiFunction<Nic, Nic, Consumer<ByteBuffer>> listener;
    private long messages;

    public Fabric(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * Sets what regions add to the latency, one way, in nanoseconds.
     *
     * @param oneWayNanos square; row is the sender's region
     */
    public void setRegions(long[][] oneWayNanos) {
        regionNanos = oneWayNanos;
    }

    /** Lets {@code newTap} see all traffic. There must be no host yet. */
    public void tap(PacketTap newTap) {
        if (!nics.isEmpty()) {
            throw new IllegalStateException("a tap comes before the hosts");
        }
        tap = newTap;
    }

    /**
     * Lets somebody hear what hosts take of each other's bytes.
     *
     * @param lines gives what hears one direction of a connection, of one stream of QUIC, or one datagram
     */
    public void listen(BiFunction<Nic, Nic, Consumer<ByteBuffer>> lines) {
        listener = lines;
    }

    /** {@return what hears the bytes of a new way; null if nobody does} */
    @Nullable
    Consumer<ByteBuffer> line(Nic from, Nic to) {
        return listener == null ? null : listener.apply(from, to);
    }

    /** A datagram was taken. */
    void heard(int from, Nic to, byte[] payload) {
        Consumer<ByteBuffer> line = line(nics.get(from), to);
        if (line != null) {
            line.accept(ByteBuffer.wrap(payload).asReadOnlyBuffer());
        }
    }

    /** Attaches a host. Its packets are drawn under its name, so names are unique and stable. */
    public Nic attach(String name, IpAddress address, LinkProfile link, int region) {
        return attach(name, address, link, region, Optional.empty());
    }

    /**
     * Attaches a host that may be behind a NAT box. Others reach it at the box's address alone; {@code address} is of its own
     * network, and reached only from there.
     */
    public Nic attach(String name, IpAddress address, LinkProfile link, int region, Optional<Nat> nat) {
        long key = simulation.random("link", name).nextLong();
        Nic nic = new Nic(nics.size(), name, address, link, region, key);
        nat.ifPresent(nic::behind);
        boolean isFree = byAddress.add(address, nic) && (nat.isEmpty() || byAddress.add(nic.outer(), nic));
        if (!isFree || byName.putIfAbsent(name, nic) != null) {
            throw new IllegalArgumentException("two hosts have the name " + name + " or the address " + address);
        }
        nics.add(nic);
        tap.attached(nic);
        return nic;
    }

    /** {@return the sockets of a new incarnation, replacing those of the last} */
    public Network start(Nic nic, Incarnation incarnation) {
        NetworkStack stack = new NetworkStack(this, nic, incarnation);
        nic.attach(stack);
        groups.abandon(nic);
        return stack;
    }

    /**
     * Ends an incarnation's sockets.
     *
     * @param power whether the machine lost its power: then nobody is told. Otherwise its operating system
     *     resets the connections
     */
    public void crash(Nic nic, boolean power) {
        NetworkStack stack = nic.stack();
        nic.detach(!power);
        if (power) {
            flushTracking(nic); // the kernel's memory is gone too
        }
        groups.abandon(nic);
        if (stack != null) {
            stack.die(!power);
        }
    }

    /**
     * Puts the rules of a host's firewall in force, in place of those before. With the first rule the firewall begins to track;
     * what is open by then it takes for known.
     */
    public void rules(Nic nic, List<Rule> inForce) {
        if (!inForce.isEmpty() || nic.firewall() != null) {
            NetworkStack stack = nic.stack();
            nic.ownEdge().rules(inForce, stack == null ? List.of() : stack.flows(), simulation.now());
        }
    }

    /** Lets a host's firewall, if it has one, forget which connections are open. */
    public void flushTracking(Nic nic) {
        Edge edge = nic.edge();
        if (edge != null) {
            edge.flushTracking();
        }
    }

    /** Lets a host's NAT box, if it is behind one, forget its mappings. */
    public void rebindNat(Nic nic) {
        Edge edge = nic.edge();
        Nat nat = edge == null ? null : edge.nat();
        if (nat != null) {
            nat.rebind();
        }
    }

    /** {@return how many packets the firewalls of all hosts kept out} */
    public long denied() {
        return nics.stream()
                .map(Nic::firewall)
                .filter(Objects::nonNull)
                .mapToLong(Firewall::denied)
                .sum();
    }

    /** {@return what was delivered to a host although its rules deny it: how often, and the first; empty if nothing was} */
    public Optional<String> deniedDelivered(Nic nic) {
        Audit audit = nic.audit();
        return audit == null || audit.wrong() == 0
                ? Optional.empty()
                : Optional.of(audit.wrong() + " denied packets were delivered, first " + audit.first());
    }

    /** Resets every connection of a running host, as a device on its way would. */
    public void resetConnections(Nic nic) {
        NetworkStack stack = nic.stack();
        if (stack != null) {
            stack.resetAll();
        }
    }

    /** A set of hosts that cannot reach another; made by {@link #cut}, ended by {@link #heal}. */
    public static final class Cut {
        private final BitSet from;
        private final BitSet to;

        private Cut(BitSet from, BitSet to) {
            this.from = from;
            this.to = to;
        }

        private boolean separates(int sender, int receiver) {
            return from.get(sender) && to.get(receiver);
        }
    }

    /** Lets no packet pass from any of {@code from} to any of {@code to}. The other direction stays. */
    public Cut cut(Collection<Nic> from, Collection<Nic> to) {
        Cut cut = new Cut(numbers(from), numbers(to));
        cuts.add(cut);
        return cut;
    }

    /** Ends one cut. */
    public void heal(Cut cut) {
        cuts.remove(cut);
    }

    /** A host whose packets are held; made by {@link #clog}, ended by {@link #free}. */
    public static final class Clog {
        private final int host;
        private final List<SimEvent> held = new ArrayList<>();
        private int datagrams;

        private Clog(int host) {
            this.host = host;
        }
    }

    /** Holds every packet that is on its way from or to {@code nic}. */
    public Clog clog(Nic nic) {
        Clog clog = new Clog(nic.number());
        clogs.add(clog);
        return clog;
    }

    /** Ends one clog: what it held arrives now, in the order in which it came. */
    public void free(Clog clog) {
        clogs.remove(clog);
        clog.held.forEach(arrival -> simulation.at(simulation.now(), arrival));
        clog.held.clear();
    }

    private static BitSet numbers(Collection<Nic> nics) {
        BitSet numbers = new BitSet();
        nics.forEach(nic -> numbers.set(nic.number()));
        return numbers;
    }

    /** {@return what {@code nic} has open, for the check that nothing leaks} */
    public List<String> open(Nic nic) {
        NetworkStack stack = nic.stack();
        return stack == null ? List.of() : stack.open();
    }

    /** {@return how many datagrams and segments were sent} */
    public long messages() {
        return messages;
    }

    Simulation simulation() {
        return simulation;
    }

    PacketTap tap() {
        return tap;
    }

    /**
     * {@return the host that {@code from} reaches at an address} One behind a NAT box is there at the box's address, and at its own
     * only for itself and for its users; nobody reaches itself through its box (hairpinning).
     */
    @Nullable
    Nic find(Nic from, IpAddress address) {
        Nic found = byAddress.get(address);
        if (found == null || found.edge() == null) {
            return found;
        }
        boolean isAtHome = found == from || from.isInside();
        return (isAtHome ? found.address() : found.outer()).equals(address) ? found : null;
    }

    Nic host(int number) {
        return nics.get(number);
    }

    @Nullable
    Nic find(String name) {
        return byName.get(name);
    }

    Groups groups() {
        return groups;
    }

    void countMessage() {
        messages++;
    }

    boolean isCut(Nic from, Nic to) {
        return isCut(from.number(), to.number());
    }

    boolean isCut(int from, int to) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).separates(from, to)) {
                return true;
            }
        }
        return false;
    }

    boolean isClogged(Nic from, Nic to) {
        return isClogged(from.number(), to.number());
    }

    boolean isClogged(int from, int to) {
        return !clogs.isEmpty() && clogBetween(from, to) != null;
    }

    private @Nullable Clog clogBetween(int from, int to) {
        if (from == to) {
            return null;
        }
        for (int i = 0; i < clogs.size(); i++) {
            Clog clog = clogs.get(i);
            if (clog.host == from || clog.host == to) {
                return clog;
            }
        }
        return null;
    }

    /** Lets {@code arrival} happen when a clog between two hosts has ended; it must look whether there is another. */
    void whenFree(Nic from, Nic to, SimEvent arrival) {
        Clog clog = clogBetween(from.number(), to.number());
        if (clog == null) {
            throw new IllegalStateException("no clog between " + from.name() + " and " + to.name());
        }
        clog.held.add(arrival);
    }

    /** {@return whether there was room for a datagram at the clog} */
    boolean holdDatagram(int from, int to, SimEvent arrival) {
        Clog clog = clogBetween(from, to);
        if (clog == null || clog.datagrams == HELD_DATAGRAMS_MAX) {
            return false;
        }
        clog.datagrams++;
        clog.held.add(arrival);
        return true;
    }

    /** {@return the one-way delay of a packet, without the time for its bytes} */
    long delay(Nic from, Nic to, RandomStream random) {
        if (from == to) {
            return LOOPBACK_NANOS;
        }
        return from.link().out().nanos(random)
                + to.link().in().nanos(random)
                + regionNanos[from.region()][to.region()]
                + from.extraLatency(random)
                + to.extraLatency(random);
    }

    boolean isLost(Nic from, Nic to, RandomStream random) {
        return random.chance(Loss.ofBoth(from.link().loss(), Loss.ofBoth(from.extraLoss(), to.extraLoss())));
    }

    /** {@return whether a packet is lost that a cipher protects: then damage is loss, whatever checksums tell} */
    boolean isLostSealed(Nic from, Nic to, RandomStream random) {
        return isLost(from, to, random) || isDamaged(from, to, random);
    }

    /** {@return whether a packet is damaged and no checksum tells} */
    static boolean isDamaged(Nic from, Nic to, RandomStream random) {
        return random.chance(
                Loss.ofBoth(from.impairment().damage(), to.impairment().damage()));
    }

    /** {@return whether a packet arrives twice, because of a fault} */
    static boolean isDoubled(Nic from, Nic to, RandomStream random) {
        return random.chance(
                Loss.ofBoth(from.impairment().duplicate(), to.impairment().duplicate()));
    }

    /** {@return how much later a packet of this delay is, because of a fault that lets others overtake it} */
    static long heldBack(Nic from, Nic to, long delay, RandomStream random) {
        return random.chance(
                        Loss.ofBoth(from.impairment().reorder(), to.impairment().reorder()))
                ? random.nextLong(REORDER_LATENCIES * delay + 1)
                : 0;
    }

    /** {@return whether an IP packet of so many bytes is larger than what is between two hosts lets through} */
    static boolean isTooLarge(Nic from, Nic to, long bytes) {
        return from != to
                && bytes
                        > Math.min(from.impairment().mtuBytes(), to.impairment().mtuBytes());
    }

    void sendDatagram(Nic from, Endpoint source, Endpoint destination, byte[] payload) {
        messages++;
        long now = simulation.now();
        Nic to = find(from, destination.address());
        long size = payload.length + (long) DATAGRAM_HEADER_BYTES;
        if (from.isQueueFull(now, size)) {
            lost(from.number(), destination.port(), payload.length);
        } else if (to != null && !Passage.isFree(from, to)) {
            sendThroughDevices(from, to, source, destination, payload);
        } else if (to != null) {
            RandomStream random = from.draw(to, now);
            if (isCut(from, to) || isLost(from, to, random) || isTooLarge(from, to, size)) {
                lost(from.number(), destination.port(), payload.length);
            } else {
                travel(
                        from,
                        from.reserveUp(now, size),
                        random,
                        new DatagramArrival(this, from.number(), to, source, destination.port(), payload));
            }
        } else if (destination.address().isMulticast()) {
            sendToGroup(from, source, destination, payload);
        } else {
            lost(from.number(), destination.port(), payload.length);
        }
    }

    private void sendThroughDevices(Nic from, Nic to, Endpoint source, Endpoint destination, byte[] payload) {
        long now = simulation.now();
        Flow flow = new Flow(Protocol.UDP, source, destination);
        Passage.sent(from, to, source, destination, PacketKind.DATAGRAM, now);
        boolean leaves = Passage.leaves(from, to, flow, PacketKind.DATAGRAM, now) == Verdict.PASS;
        Endpoint outer = leaves ? Passage.source(from, to, flow, PacketKind.DATAGRAM, now) : null;
        RandomStream random = from.draw(to, now);
        long size = payload.length + (long) DATAGRAM_HEADER_BYTES;
        if (outer == null || isCut(from, to) || isLost(from, to, random) || isTooLarge(from, to, size)) {
            lost(from.number(), destination.port(), payload.length);
        } else {
            long sent = from.reserveUp(now, size);
            travel(from, sent, random, new DatagramArrival(this, from.number(), to, outer, destination, payload));
        }
    }

    /** It leaves the sender once; each member may or may not get it, as if it were sent to that one alone. */
    private void sendToGroup(Nic from, Endpoint source, Endpoint group, byte[] payload) {
        long now = simulation.now();
        long sent = from.reserveUp(now, payload.length + (long) DATAGRAM_HEADER_BYTES);
        for (SimDatagramSocket member : groups.reached(from, group)) {
            RandomStream random = from.draw(member.nic(), now);
            Flow flow = new Flow(Protocol.UDP, source, group);
            boolean leaves = Passage.leaves(from, member.nic(), flow, PacketKind.DATAGRAM, now) == Verdict.PASS;
            if (!leaves
                    || isCut(from, member.nic())
                    || isLost(from, member.nic(), random)
                    || isTooLarge(from, member.nic(), payload.length + (long) DATAGRAM_HEADER_BYTES)) {
                lost(from.number(), group.port(), payload.length);
            } else {
                travel(from, sent, random, new DatagramArrival(this, from, source, member, payload));
            }
        }
    }

    /** @param left when the last of its bytes has left the sender */
    private void travel(Nic from, long left, RandomStream random, DatagramArrival arrival) {
        Nic to = arrival.to();
        long sent = left + to.downNanos(arrival.payload().length);
        LinkProfile link = from.link();
        long delay = delay(from, to, random);
        if (random.chance(link.reorder())) {
            delay += random.nextLong(REORDER_LATENCIES * delay + 1); // held back: what is sent later may overtake it
        }
        delay += heldBack(from, to, delay, random);
        boolean damaged = isDamaged(from, to, random);
        simulation.at(sent + delay, damaged ? arrival.damaged(random) : arrival);
        if (random.chance(link.duplicate()) || isDoubled(from, to, random)) {
            simulation.at(sent + delay + delay(from, to, random), arrival.again());
        }
    }

    void lost(int from, int port, int bytes) {
        simulation.trace().record(simulation.now(), Trace.Kind.DATAGRAM_LOST, from, port, bytes);
    }
}
