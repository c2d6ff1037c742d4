package net.pangea.sim.cluster;

import java.util.Optional;
import net.pangea.machine.Endpoint;
import net.pangea.multiformats.Multiaddr;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.Transport;

/**
 * A machine of the cluster that runs a node.
 *
 * @param name its stable name, {@code group/number}
 * @param group the group of the scenario that it belongs to
 * @param zone its failure domain, if it has a name
 * @param startsNanos when its node starts for the first time, counted from the start of the run
 * @param endpoint where its node accepts clients, the same after every restart
 * @param p2p where its node accepts peers, the same after every restart
 */
public record Member(
        String name, String group, Endpoint endpoint, Multiaddr p2p, Optional<String> zone, long startsNanos) {

    /** {@return the machine of a scenario, with its node at these places} */
    public static Member of(MachineSpec machine, Endpoint endpoint, Endpoint p2p, Transport transport) {
        Multiaddr address = switch (transport) {
            case TCP -> Multiaddr.tcp(p2p);
            case QUIC -> Multiaddr.quic(p2p);
        };
        return new Member(machine.name(), machine.group(), endpoint, address, machine.zone(), machine.startsNanos());
    }

    /** A machine without a configured failure domain that is there from the start, whose node accepts peers with TCP. */
    public Member(String name, String group, Endpoint endpoint, Endpoint p2p) {
        this(name, group, endpoint, Multiaddr.tcp(p2p), Optional.empty(), 0);
    }

    /** {@return whether its node starts with the run} */
    public boolean isFirst() {
        return startsNanos == 0;
    }
}
