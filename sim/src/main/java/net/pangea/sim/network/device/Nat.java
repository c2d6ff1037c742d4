package net.pangea.sim.network.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A box that translates addresses (RFC 4787 for UDP, RFC 5382 for TCP): one machine behind one outer address.
 *
 * <p>A <i>mapping</i> gives an inner endpoint an outer port: one for all it talks to (endpoint-independent, section 4.1), but a new
 * one for each remote endpoint if the box is symmetric. The port is the inner one if it is free (port preservation, section
 * 4.2.1), else the next in turn; it is never shared (REQ-3). A mapping lives as long as a flow through it: of UDP only what goes
 * out keeps it alive (REQ-6), of TCP both directions do. What comes in passes if the {@link Kind} lets it.
 *
 * <p>What it does not do: hairpinning (section 6), since nobody else is behind it; translation of ICMP; port parity.
 */
public final class Nat {
    /** Flows at a time, beyond which new ones are dropped: small boxes have so many. */
    static final int FLOWS_MAX = 16_384;

    /** Beyond the system ports (RFC 6335, section 6). */
    private static final int FIRST_PORT = 1_024;

    private static final int PORTS = 65_536 - FIRST_PORT;

    /** How it maps what goes out and filters what comes in. */
    public enum Kind {
        /** Endpoint-independent filtering: once there is a mapping, anybody may come in through it. */
        CONE,
        /** Address-dependent filtering: from where something was sent to, whatever its port. */
        RESTRICTED,
        /** Address- and port-dependent filtering. */
        PORT_RESTRICTED,
        /** That, and address- and port-dependent mapping: what one remote sees of the port is of no use to others. */
        SYMMETRIC
    }

    /** What a mapping is for; {@code remote} only where that makes a difference. */
    private record Inside(
            Protocol protocol, Endpoint local, @Nullable Endpoint remote) {}

    private record Outside(Protocol protocol, int port) {}

    private static final class Mapping {
        private final Inside inside;
        private final int port;
        private long expires;
        /** Until when each address that something was sent to may send back. */
        private final Map<IpAddress, Long> met = new LinkedHashMap<>();

        Mapping(Inside inside, int port) {
            this.inside = inside;
            this.port = port;
        }

        void keep(IpAddress remote, long until) {
            expires = Math.max(expires, until);
            met.merge(remote, until, Math::max);
        }
    }

    private final Kind kind;
    private final IpAddress outer;
    private final FlowTable flows = new FlowTable(Timeouts.RFC, FLOWS_MAX);
    private final Map<Inside, Mapping> byInside = new LinkedHashMap<>();
    private final Map<Outside, Mapping> byOutside = new LinkedHashMap<>();
    private int nextPort;
    private boolean preservesPorts = true;

    /** @param outer its address on the network's side */
    public Nat(Kind kind, IpAddress outer) {
        this.kind = kind;
        this.outer = outer;
    }

    /** {@return its address on the network's side} */
    public IpAddress outer() {
        return outer;
    }

    /** {@return where a packet of the machine seems to come from; null if it is dropped: a segment of an unknown connection, or no room} */
    public @Nullable Endpoint outbound(Flow flow, PacketKind packet, long now) {
        if (!flows.takes(flow, packet, true, now) && !(packet.mayOpen() && flows.begin(flow, true, now))) {
            return null;
        }
        Mapping mapping = mapping(flow, now);
        if (mapping == null) {
            return null;
        }
        mapping.keep(flow.remote().address(), flows.expiry(flow, now));
        return new Endpoint(outer, mapping.port);
    }

    /** {@return where in the inside a packet from the network goes; null if it is dropped} */
    public @Nullable Endpoint inbound(Endpoint remote, int port, PacketKind packet, long now) {
        Mapping mapping = byOutside.get(new Outside(packet.protocol(), port));
        if (mapping == null || mapping.expires <= now) {
            return null;
        }
        Flow flow = new Flow(packet.protocol(), mapping.inside.local(), remote);
        boolean isKnown = flows.knows(flow, now);
        if (!isKnown && !(admits(mapping, remote, now) && packet.mayOpen() && flows.begin(flow, false, now))) {
            return null;
        }
        if (packet.protocol() == Protocol.TCP) {
            boolean _ = flows.takes(flow, packet, false, now);
            mapping.expires = Math.max(mapping.expires, flows.expiry(flow, now));
        }
        return flow.local();
    }

    private boolean admits(Mapping mapping, Endpoint remote, long now) {
        return switch (kind) {
            case CONE -> true;
            case RESTRICTED -> mapping.met.getOrDefault(remote.address(), now) > now;
            case PORT_RESTRICTED, SYMMETRIC -> false; // only what its table of flows knows
        };
    }

    private @Nullable Mapping mapping(Flow flow, long now) {
        Inside inside = new Inside(flow.protocol(), flow.local(), kind == Kind.SYMMETRIC ? flow.remote() : null);
        Mapping found = byInside.get(inside);
        if (found != null && found.expires > now) {
            return found;
        }
        if (found != null) {
            remove(found);
        }
        int port = freePort(flow, now);
        if (port < 0) {
            return null;
        }
        Mapping made = new Mapping(inside, port);
        byInside.put(inside, made);
        byOutside.put(new Outside(flow.protocol(), port), made);
        return made;
    }

    private int freePort(Flow flow, long now) {
        int own = flow.local().port();
        if (preservesPorts && kind != Kind.SYMMETRIC && own >= FIRST_PORT && isFree(flow.protocol(), own, now)) {
            return own;
        }
        for (int tries = 0; tries < PORTS; tries++) {
            int port = FIRST_PORT + nextPort;
            nextPort = (nextPort + 1) % PORTS;
            if (isFree(flow.protocol(), port, now)) {
                return port;
            }
        }
        return -1;
    }

    private boolean isFree(Protocol protocol, int port, long now) {
        Mapping holder = byOutside.get(new Outside(protocol, port));
        if (holder != null && holder.expires <= now) {
            remove(holder);
            return true;
        }
        return holder == null;
    }

    private void remove(Mapping mapping) {
        byInside.remove(mapping.inside);
        byOutside.remove(new Outside(mapping.inside.protocol(), mapping.port));
    }

    /**
     * Forgets all mappings, as a box does that was switched off and on; ports are given out anew and are others than before. A TCP
     * connection through it is silent from then on; of UDP, what goes out makes a new mapping.
     */
    public void rebind() {
        preservesPorts = false;
        byInside.clear();
        byOutside.clear();
        flows.clear();
    }

    /** {@return the outer ports in use, in the order in which they were given out} */
    List<Integer> ports() {
        return new ArrayList<>(byOutside.keySet().stream().map(Outside::port).toList());
    }
}
