package net.pangea.sim.network;

import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.sim.network.device.Audit;
import net.pangea.sim.network.device.Firewall;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.Nat;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The devices between one machine and the network: the machine's own firewall, and in front of that a NAT box. The firewall comes
 * into being with the first rule, and takes what is open then for what it has tracked. A machine without devices has no edge.
 */
final class Edge {
    private final Nic nic;
    private final @Nullable Nat nat;
    private @Nullable Firewall firewall;
    private @Nullable Audit audit;

    Edge(Nic nic, @Nullable Nat nat) {
        this.nic = nic;
        this.nat = nat;
    }

    @Nullable
    Nat nat() {
        return nat;
    }

    @Nullable
    Firewall firewall() {
        return firewall;
    }

    @Nullable
    Audit audit() {
        return audit;
    }

    /** {@return the address under which others know the machine} */
    IpAddress outer() {
        return nat == null ? nic.address() : nat.outer();
    }

    void rules(List<Rule> inForce, List<Flow> open, long now) {
        Firewall device = firewall;
        Audit auditor = audit;
        if (device == null || auditor == null) {
            device = new Firewall();
            auditor = new Audit();
            for (Flow flow : open) {
                device.adopt(flow, now);
                auditor.adopt(flow, now);
            }
            firewall = device;
            audit = auditor;
        }
        device.rules(inForce);
        auditor.rules(inForce);
    }

    void flushTracking() {
        if (firewall != null) {
            firewall.flush();
        }
        if (audit != null) {
            audit.flushed();
        }
    }

    /** {@return whether the machine's firewall lets out a packet that it sends} */
    Verdict outbound(Flow flow, PacketKind kind, long now) {
        return firewall == null ? Verdict.PASS : firewall.outbound(flow, kind, now);
    }

    /** {@return where a packet that the firewall has let out seems to come from; null if it goes no further} */
    @Nullable
    Endpoint outside(Flow flow, PacketKind kind, long now) {
        return nat == null ? flow.local() : nat.outbound(flow, kind, now);
    }

    /** {@return where at the machine a packet from the network goes; null if it comes no further} */
    @Nullable
    Endpoint inside(Endpoint remote, Endpoint destination, PacketKind kind, long now) {
        return nat == null ? destination : nat.inbound(remote, destination.port(), kind, now);
    }

    /** {@return whether the machine's firewall lets in a packet that has come to it} */
    Verdict inbound(Flow flow, PacketKind kind, long now) {
        return firewall == null ? Verdict.PASS : firewall.inbound(flow, kind, now);
    }
}
