package net.pangea.sim.network;

import net.pangea.machine.Endpoint;
import net.pangea.sim.network.device.Audit;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The way of packets between two machines through the {@link Edge} of each. Where neither has one it is free and costs a look at two
 * fields.
 *
 * <p>What may open a flow is judged where it is: the sender's devices when it leaves, the receiver's when it arrives. Segments of an
 * open byte stream, which open nothing, meet all devices when they arrive.
 */
final class Passage {
    private Passage() {}

    /** One end of an open flow. */
    record End(Nic nic, Endpoint local, Endpoint remote) {
        Flow flow(PacketKind kind) {
            return new Flow(kind.protocol(), local, remote);
        }
    }

    /** {@return whether no device is between the two} */
    static boolean isFree(Nic from, Nic to) {
        return (from.edge() == null && to.edge() == null) || from == to || from.isInside() || to.isInside();
    }

    /** {@return whether a packet may leave its sender} */
    static Verdict leaves(Nic from, Nic to, Flow flow, PacketKind kind, long now) {
        Edge edge = from.edge();
        return edge == null || isFree(from, to) ? Verdict.PASS : edge.outbound(flow, kind, now);
    }

    /** {@return where a packet that may leave seems to come from; null if it goes no further} */
    static @Nullable Endpoint source(Nic from, Nic to, Flow flow, PacketKind kind, long now) {
        Edge edge = from.edge();
        return edge == null || isFree(from, to) ? flow.local() : edge.outside(flow, kind, now);
    }

    /** {@return where at its receiver a packet goes; null if it comes no further} */
    static @Nullable Endpoint destination(
            Nic from, Nic to, Endpoint source, Endpoint destination, PacketKind kind, long now) {
        Edge edge = to.edge();
        return edge == null || isFree(from, to) ? destination : edge.inside(source, destination, kind, now);
    }

    /** {@return whether a packet may enter its receiver} */
    static Verdict enters(Nic from, Nic to, Flow flow, PacketKind kind, long now) {
        Edge edge = to.edge();
        return edge == null || isFree(from, to) ? Verdict.PASS : edge.inbound(flow, kind, now);
    }

    /** {@return what becomes of a packet between the ends of an open flow} */
    static Verdict between(End from, End to, PacketKind kind, long now) {
        if (isFree(from.nic(), to.nic())) {
            return Verdict.PASS;
        }
        Verdict leaves = leaves(from.nic(), to.nic(), from.flow(kind), kind, now);
        if (leaves != Verdict.PASS) {
            return leaves;
        }
        Endpoint source = source(from.nic(), to.nic(), from.flow(kind), kind, now);
        if (source == null || !source.equals(to.remote())) {
            return Verdict.DROP; // from elsewhere than the other end knows
        }
        Endpoint at = destination(from.nic(), to.nic(), source, from.remote(), kind, now);
        return at == null || !at.equals(to.local())
                ? Verdict.DROP
                : enters(from.nic(), to.nic(), to.flow(kind), kind, now);
    }

    /** Tells the sender's auditor, if it has one. */
    static void sent(Nic from, Nic to, Endpoint local, Endpoint remote, PacketKind kind, long now) {
        Audit audit = from.audit();
        if (audit != null && !isFree(from, to)) {
            audit.sent(new Flow(kind.protocol(), local, remote), kind, now);
        }
    }

    /** Tells the receiver's auditor, if it has one. */
    static void delivered(Nic from, Nic to, Endpoint local, Endpoint remote, PacketKind kind, long now) {
        Audit audit = to.audit();
        if (audit != null && !isFree(from, to)) {
            audit.delivered(new Flow(kind.protocol(), local, remote), kind, now);
        }
    }
}
