package net.pangea.sim.network.device;

/**
 * One rule of a {@link Firewall}: what happens to the first packet of a flow.
 *
 * @param inbound whether it is about packets to the machine, else about those that it sends
 * @param fromPort the first port: of the machine for inbound packets, of the other side for those that it sends
 * @param toPort the last
 */
public record Rule(Action action, boolean inbound, boolean tcp, boolean udp, int fromPort, int toPort) {

    /** What a rule does with a packet. */
    public enum Action {
        /** Passes, and what belongs to the same flow with it. */
        ALLOW,
        /** Vanishes. */
        DENY,
        /** Is refused: a reset answers TCP. What answers UDP nobody reads, so that is as if it vanished. */
        REJECT,
        /** Vanishes, and so does every packet of a flow that is open: this is looked at before tracking. */
        BLOCK
    }

    /** {@return whether it is about a packet of {@code flow} in that direction} */
    boolean matches(Flow flow, boolean isInbound) {
        int port = isInbound ? flow.local().port() : flow.remote().port();
        boolean protocol = switch (flow.protocol()) {
            case TCP -> tcp;
            case UDP -> udp;
        };
        return inbound == isInbound && protocol && fromPort <= port && port <= toPort;
    }
}
