package net.pangea.repair;

import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.Tasks;
import net.pangea.protocol.PeerCaller;

/**
 * All that repair touches.
 *
 * @param callers asks any peer, this node too
 * @param vectorBits how wide vectors the machine declares to have; of no influence on any byte
 */
public record Surroundings(
        Clock clock,
        Tasks tasks,
        Events events,
        PeerCaller callers,
        Neighbourhood neighbourhood,
        LocalHoldings local,
        int vectorBits) {

    String selfName() {
        return neighbourhood.self().name();
    }

    boolean isSelf(String name) {
        return name.equals(selfName());
    }
}
