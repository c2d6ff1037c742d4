package net.pangea.sim.cluster;

import java.util.Optional;
import net.pangea.machine.Endpoint;

/**
 * A machine of the cluster that runs a node.
 *
 * @param name its stable name, {@code group/number}
 * @param group the group of the scenario that it belongs to
 * @param zone its failure domain, if it has a name
 * @param endpoint where its node accepts clients, the same after every restart
 * @param p2p where its node accepts peers, the same after every restart
 */
public record Member(String name, String group, Endpoint endpoint, Endpoint p2p, Optional<String> zone) {

    /** A machine without a configured failure domain. */
    public Member(String name, String group, Endpoint endpoint, Endpoint p2p) {
        this(name, group, endpoint, p2p, Optional.empty());
    }
}
