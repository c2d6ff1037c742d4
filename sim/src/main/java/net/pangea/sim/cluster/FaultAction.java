package net.pangea.sim.cluster;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.FirewallRule;

/**
 * One thing done to a cluster's machines, links, disks or clocks. Times are nanoseconds, shares are millionths.
 *
 * <p>The lasting ones ({@link Lasting}) carry an {@code id}, unique among those that last, and stay until
 * {@link End} names it. They may overlap on one machine: delays then add up, a loss is suffered once for each, a
 * link is cut while any cut covers it. A crash does not end them; they belong to the machine, not to the process.
 */
public sealed interface FaultAction {

    /** Stays until it is ended. */
    sealed interface Lasting extends FaultAction {
        String id();
    }

    /**
     * Stops a machine's node at once.
     *
     * @param power whether the power goes: what was not synced is lost or torn and other machines hear
     *     nothing; else only the process dies and its connections are reset
     */
    record Crash(String machine, boolean power) implements FaultAction {}

    /** Lets a machine's node stop in order, as its user would, and waits for it. */
    record Leave(String machine) implements FaultAction {}

    /**
     * Starts the node of a crashed machine again, as a new incarnation at the same endpoint; crashes it first if it
     * runs. Returns without waiting until the node is ready.
     *
     * @param diskKept whether the disk is as it was, else empty
     */
    record Restart(String machine, boolean diskKept) implements FaultAction {}

    /** Stops a machine's node at once and loses its disk, without a word to other machines; it never starts again. */
    record Destroy(String machine) implements FaultAction {}

    /**
     * Puts a liar in the place of a machine's node, for good: a peer of the DHT, with the node's address and keys, that names
     * only other liars and keeps nothing.
     *
     * @param silent whether it also says that it is a storage node, and then answers nothing
     * @param near a key of the DHT: its id is drawn until it is closer to that than every honest node
     */
    record Lie(String machine, boolean silent, Optional<Bytes> near) implements FaultAction {}

    /** Stops the node's threads where they are; the kernel still answers for its connections. */
    record Pause(String machine) implements FaultAction {}

    /** Lets a paused node go on. */
    record Resume(String machine) implements FaultAction {}

    /**
     * Packets between machines of {@code from} and machines of {@code to} vanish.
     *
     * @param oneWay whether only those sent by {@code from} do
     */
    record Cut(String id, List<String> from, List<String> to, boolean oneWay) implements Lasting {
        public Cut {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** Holds the packets that are on their way to or from the machine; none is lost, and all arrive when it ends. */
    record Clog(String id, String machine) implements Lasting {}

    /** Lets others overtake so many of the packets that the machine sends and receives. */
    record ReorderPackets(String id, String machine, int perMillion) implements Lasting {}

    /** Lets so many of the packets that the machine sends and receives arrive twice. */
    record DuplicatePackets(String id, String machine, int perMillion) implements Lasting {}

    /**
     * Damages packets that the machine sends and receives.
     *
     * @param unnoticedPerMillion of those, how many the checksums of TCP and UDP let pass
     */
    record CorruptPackets(String id, String machine, int perMillion, int unnoticedPerMillion) implements Lasting {}

    /** Bounds what the machine sends and receives; 0 leaves a direction as it is. */
    record Throttle(String id, String machine, long upBytesPerSecond, long downBytesPerSecond) implements Lasting {}

    /** Lets larger IP packets vanish on their way to and from the machine, without a word. */
    record ShrinkMtu(String id, String machine, int bytes) implements Lasting {}

    /** Adds a delay, drawn for each packet, to what the machine sends and receives. */
    record SlowLink(String id, String machine, Distribution latencyNanos) implements Lasting {}

    /** Loses packets that the machine sends and receives. */
    record LossyLink(String id, String machine, int lossPerMillion) implements Lasting {}

    /** Resets every open connection of the machine; both ends see it. */
    record ResetConnections(String machine) implements FaultAction {}

    /** Puts a rule before those that the machine's firewall has. What is tracked as open stays so. */
    record AddRule(String id, String machine, FirewallRule rule) implements Lasting {}

    /** Takes the first rule that is equal from the machine's firewall, for as long as this lasts. */
    record RemoveRule(String id, String machine, FirewallRule rule) implements Lasting {}

    /** Lets the machine's firewall forget what is open: every packet is judged anew. */
    record FlushTracking(String machine) implements FaultAction {}

    /** Lets the NAT box before the machine, if there is one, forget its mappings and give out other ports. */
    record RebindNat(String machine) implements FaultAction {}

    /** Turns bits in {@code sectors} sectors of synced files, drawn among all that the machine holds. */
    record Rot(String machine, int sectors) implements FaultAction {}

    /** Adds a delay, drawn for each operation, to the machine's disk. */
    record SlowDisk(String id, String machine, Distribution latencyNanos) implements Lasting {}

    /** Leaves the machine's disk without room. */
    record FullDisk(String id, String machine) implements Lasting {}

    /** Lets syncs succeed without making anything durable. */
    record LoseSync(String id, String machine) implements Lasting {}

    /** Lets so many of the disk's operations fail. */
    record DiskErrors(String id, String machine, int perMillion) implements Lasting {}

    /** Lets so many of the disk's writes go to another place of the same file. */
    record MisdirectedWrites(String id, String machine, int perMillion) implements Lasting {}

    /** Moves the machine's wall clock, forward or backward. */
    record JumpClock(String machine, long byNanos) implements FaultAction {}

    /** Lets the machine's clocks run fast by so many billionths from now on, or slow if negative. */
    record DriftClock(String machine, int partsPerBillion) implements FaultAction {}

    /** Adds a delay, drawn for each, before every resumption of the machine's tasks. */
    record SlowCpu(String id, String machine, Distribution delayNanos) implements Lasting {}

    /**
     * Lets the machine's code take rare paths at its {@link net.pangea.machine.FaultPoints}.
     *
     * @param armedPerMillion how many of the points can fire, the same on every machine
     * @param firesPerMillion how often one of those does
     */
    record ArmFaultPoints(String id, String machine, int armedPerMillion, int firesPerMillion) implements Lasting {}

    /** Ends the lasting action {@code id}. */
    record End(String id) implements FaultAction {}
}
