package net.pangea.sim.network;

import java.util.HashMap;
import java.util.Map;
import net.pangea.machine.IpAddress;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * A host's attachment to the network; it outlives the host's incarnations. The fault fields change while a run
 * goes on.
 */
public final class Nic {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int number;
    private final String name;
    private final IpAddress address;
    private final LinkProfile link;
    private final int region;
    private final long key;

    private long upBusyUntil;
    private long downBusyUntil;
    private long lastDraw = -1;
    private @Nullable Nic lastDrawnTo;
    private int drawsBefore;
    // Of the instant of the last draw; only while there are several receivers. Looked up, never iterated.
    private @Nullable Map<Integer, Integer> drawsToOthers;

    private boolean powered;
    private @Nullable NetworkStack stack;

    private @Nullable Sampler extraLatency;
    private int extraLoss;

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
    }

    void detach(boolean keepsPower) {
        stack = null;
        powered = keepsPower;
    }

    /** Adds to the latency of every packet to and from this host; null ends it. */
    public void slow(@Nullable Sampler latency) {
        extraLatency = latency;
    }

    /** Loses this many more packets per million, to and from this host. */
    public void lossy(int perMillion) {
        extraLoss = perMillion;
    }

    int extraLoss() {
        return extraLoss;
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
        upBusyUntil = start + serialisation(bytes, link.upBytesPerSecond());
        return upBusyUntil;
    }

    /** {@return when {@code bytes} that arrive now will have come through the downlink} */
    long reserveDown(long now, long bytes) {
        long start = Math.max(now, downBusyUntil);
        downBusyUntil = start + serialisation(bytes, link.downBytesPerSecond());
        return downBusyUntil;
    }

    /** {@return whether {@code bytes} more would overflow the uplink's queue} */
    boolean isQueueFull(long now, long bytes) {
        long rate = link.upBytesPerSecond();
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
