package net.pangea.libp2p;

import java.util.List;
import net.pangea.machine.Endpoint;

/**
 * What a host is told.
 *
 * @param listen where it listens with TCP; port 0 takes a free port
 * @param quic where it listens with QUIC, at ports of UDP, in the same way. It dials with QUIC whether it listens or not
 * @param securities how connections over TCP may be secured, the preferred first
 * @param agent what it says that it is, to whoever asks
 * @param limits how much at a time
 */
public record HostSettings(
        List<Endpoint> listen, List<Endpoint> quic, List<Security> securities, String agent, HostLimits limits) {

    /** What this version says that it is. */
    public static final String AGENT = "pangea/0.1.0";

    public HostSettings {
        listen = List.copyOf(listen);
        quic = List.copyOf(quic);
        securities = List.copyOf(securities);
        if (securities.isEmpty()) {
            throw new IllegalArgumentException("a host secures its connections in at least one way");
        }
    }

    /** {@return the usual settings of a host that listens with TCP only} */
    public static HostSettings of(List<Endpoint> listen) {
        return new HostSettings(listen, List.of(), List.of(Security.NOISE), AGENT, HostLimits.DEFAULT);
    }

    /** {@return the same that listens with QUIC too} */
    public HostSettings withQuic(List<Endpoint> places) {
        return new HostSettings(listen, places, securities, agent, limits);
    }

    /** {@return the same with other ways to secure connections} */
    public HostSettings secured(Security... newSecurities) {
        return new HostSettings(listen, quic, List.of(newSecurities), agent, limits);
    }

    /** {@return the same with another word on what it is} */
    public HostSettings called(String newAgent) {
        return new HostSettings(listen, quic, securities, newAgent, limits);
    }

    /** {@return the same within other limits} */
    public HostSettings within(HostLimits newLimits) {
        return new HostSettings(listen, quic, securities, agent, newLimits);
    }
}
