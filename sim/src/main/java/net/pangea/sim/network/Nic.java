package net.pangea.sim.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pangea.machine.IpAddress;
import net.pangea.machine.RandomStream;
import net.pangea.sim.network.device.Audit;
import net.pangea.sim.network.device.Firewall;
import net.pangea.sim.network.device.Nat;
import org.jspecify.annotations.Nullable;

/**
 * A host's attachment to the network; it outlives the host's incarnations. The fault fields change while a run
 * goes on.
 *
 * <p>The fields are in the order in which the JVM lays them out, what a datagram's way needs side by side: among many
 * hosts, each datagram meets a host that no cache holds.
 */
public final class Nic {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long downBusyUntil;
    private long upBusyUntil;
    private long sentBytes;
    private long lastDraw = -1;
    private final long key;

    private int drawsBefore;
    private final int number;
    private final int region;
    private int extraLoss;
    private char firstPort;
    private char secondPort;
    private boolean powered;
    private boolean inside;

    private final LinkProfile link;
    private @Nullable Sampler extraLatency;
    /** The devices between this host and the network, if there are any. */
    private @Nullable Edge edge;

    private Impairment impairment = Impairment.NONE;
    // The running incarnation's datagram sockets. Most machines bind one or two ports: the first two cost no map.
    private @Nullable SimDatagramSocket firstSocket;
    private @Nullable SimDatagramSocket secondSocket;
    private @Nullable TreeMap<Integer, SimDatagramSocket> moreSockets;
    private @Nullable Nic lastDrawnTo;
    // Of the instant of the last draw; only while there are several receivers. Looked up, never iterated.
    private @Nullable Map<Integer, Integer> drawsToOthers;
    private @Nullable NetworkStack stack;
    private final IpAddress address;
    private final String name;

    Nic(int number, String name, IpAddress address, LinkProfile link, int region, long key) {
        this.number = number;
        this.name = name;
        this.address = address;
        this.link = link;
        this.region = region;
        this.key = key;
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public IpAddress address() {
        return address;
    }

    /** {@return the address under which other hosts know this one: that of its NAT box, if it is behind one} */
    public IpAddress outer() {
        return edge == null ? address : edge.outer();
    }

    /** {@return whether this host is behind a NAT box} */
    boolean isTranslated() {
        return edge != null && edge.nat() != null;
    }

    /** Puts a NAT box before this host. */
    void behind(Nat nat) {
        edge = new Edge(this, nat);
    }

    @Nullable
    Edge edge() {
        return edge;
    }

    @Nullable
    Audit audit() {
        return edge == null ? null : edge.audit();
    }

    /** {@return this host's firewall, if it has ever had a rule} */
    public @Nullable Firewall firewall() {
        return edge == null ? null : edge.firewall();
    }

    /** Lets this host stand on the inner side of everybody's devices, as the user of a machine does. */
    public void standInside() {
        inside = true;
    }

    boolean isInside() {
        return inside;
    }

    /** {@return the edge, of a host that has one from now on} */
    Edge ownEdge() {
        Edge made = edge;
        if (made == null) {
            made = new Edge(this, null);
            edge = made;
        }
        return made;
    }

    int region() {
        return region;
    }

    LinkProfile link() {
        return link;
    }

    /** {@return the running incarnation's sockets; null while none runs} */
    @Nullable
    NetworkStack stack() {
        return stack;
    }

    /** {@return whether there is an operating system to answer with a refusal or a reset} */
    public boolean isPowered() {
        return powered;
    }

    void attach(NetworkStack newStack) {
        stack = newStack;
        powered = true;
        forgetSockets();
    }

    void detach(boolean keepsPower) {
        stack = null;
        powered = keepsPower;
        forgetSockets();
    }

    private void forgetSockets() {
        sockets().forEach(SimDatagramSocket::abandon);
        firstSocket = null;
        secondSocket = null;
        moreSockets = null;
    }

    /** Opens the socket's port, which must be free. */
    void bind(SimDatagramSocket socket) {
        int port = socket.local().port();
        if (firstSocket == null) {
            firstSocket = socket;
            firstPort = (char) port;
        } else if (secondSocket == null) {
            secondSocket = socket;
            secondPort = (char) port;
        } else {
            TreeMap<Integer, SimDatagramSocket> map = moreSockets;
            if (map == null) {
                map = new TreeMap<>();
                moreSockets = map;
            }
            map.put(port, socket);
        }
    }

    /** {@return the datagram socket of a port; null if it is closed} */
    @Nullable
    SimDatagramSocket socketAt(int port) {
        if (firstPort == port && firstSocket != null) {
            return firstSocket;
        }
        if (secondPort == port && secondSocket != null) {
            return secondSocket;
        }
        return moreSockets == null ? null : moreSockets.get(port);
    }

    void unbind(SimDatagramSocket socket) {
        if (firstSocket == socket) {
            firstSocket = null;
        } else if (secondSocket == socket) {
            secondSocket = null;
        } else if (moreSockets != null) {
            moreSockets.remove(socket.local().port(), socket);
        }
    }

    /** {@return the datagram sockets that are open} */
    List<SimDatagramSocket> sockets() {
        List<SimDatagramSocket> open = new ArrayList<>();
        if (firstSocket != null) {
            open.add(firstSocket);
        }
        if (secondSocket != null) {
            open.add(secondSocket);
        }
        if (moreSockets != null) {
            open.addAll(moreSockets.values());
        }
        return open;
    }

    /** Adds to the latency of every packet to and from this host; null ends it. */
    public void slow(@Nullable Sampler latency) {
        extraLatency = latency;
    }

    /** Loses this many more packets per million, to and from this host. */
    public void lossy(int perMillion) {
        extraLoss = perMillion;
    }

    /** Sets what else the packets to and from this host suffer. */
    public void impair(Impairment newImpairment) {
        impairment = newImpairment;
    }

    Impairment impairment() {
        return impairment;
    }

    int extraLoss() {
        return Loss.ofBoth(extraLoss, impairment.loss());
    }

    long extraLatency(RandomStream random) {
        Sampler sampler = extraLatency;
        return sampler == null ? 0 : sampler.nanos(random);
    }

    /**
     * {@return the stream for a packet to {@code to} at {@code now}} Keyed by the pair, the time and how many
     * packets of this pair had that time before, so that traffic to one host shifts no draw of another's.
     */
    RandomStream draw(Nic to, long now) {
        drawsBefore = now == lastDraw ? drawsBeforeAtThisInstant(to) : 0;
        if (now != lastDraw) {
            drawsToOthers = null;
        }
        lastDraw = now;
        lastDrawnTo = to;
        return RandomStream.at(key ^ Long.rotateLeft(to.key, 32), now, drawsBefore);
    }

    private int drawsBeforeAtThisInstant(Nic to) {
        Nic last = lastDrawnTo;
        if (last == null || last == to) {
            return drawsBefore + 1;
        }
        Map<Integer, Integer> others = drawsToOthers;
        if (others == null) {
            others = new HashMap<>();
            drawsToOthers = others;
        }
        others.put(last.number, drawsBefore);
        return others.getOrDefault(to.number, -1) + 1;
    }

    /** {@return when {@code bytes} will have left the uplink} */
    long reserveUp(long now, long bytes) {
        long start = Math.max(now, upBusyUntil);
        upBusyUntil = start + serialisation(bytes, upBytesPerSecond());
        sentBytes += bytes;
        return upBusyUntil;
    }

    /** {@return how many bytes the uplink has carried so far: IP packets as a whole, repeated ones again} */
    public long sentBytes() {
        return sentBytes;
    }

    /** {@return how long {@code bytes} take through the downlink, if nothing is before them} */
    long downNanos(long bytes) {
        return serialisation(bytes, downBytesPerSecond());
    }

    private long upBytesPerSecond() {
        return Impairment.slower(link.upBytesPerSecond(), impairment.upBytesPerSecond());
    }

    /** {@return the rate of the downlink now; 0 for no bound} */
    long downBytesPerSecond() {
        return Impairment.slower(link.downBytesPerSecond(), impairment.downBytesPerSecond());
    }

    /**
     * {@return when {@code bytes} will have come through the downlink: now, if nothing was before them}
     *
     * @param now after {@link #downNanos} for them
     */
    long reserveDown(long now, long bytes) {
        downBusyUntil = Math.max(now, downBusyUntil + downNanos(bytes));
        return downBusyUntil;
    }

    /** {@return whether {@code bytes} more would overflow the uplink's queue} */
    boolean isQueueFull(long now, long bytes) {
        long rate = upBytesPerSecond();
        if (rate == 0 || upBusyUntil <= now) {
            return false;
        }
        long backlog = Math.multiplyHigh(upBusyUntil - now, rate) != 0
                ? Long.MAX_VALUE
                : (upBusyUntil - now) * rate / NANOS_PER_SECOND;
        return backlog + bytes > link.queueBytes();
    }

    private static long serialisation(long bytes, long rate) {
        return rate == 0 ? 0 : Math.ceilDiv(bytes * NANOS_PER_SECOND, rate);
    }
}
