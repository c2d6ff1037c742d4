package net.pangea.mdns;

import java.time.Duration;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/**
 * How {@link Mdns} looks for peers.
 *
 * @param group where everybody asks and answers
 * @param at the machine's addresses in the networks to look in, at most {@value #MAX_PLACES}; none for those of all of its
 *     networks, and for loopback if it has no other
 * @param askAtMost between two questions, once the first ones were asked: they come one second after the other, then twice as
 *     much, and so on
 * @param peers remembered at a time; while there are as many, newcomers are passed over, so that nobody is pushed out
 */
public record MdnsSettings(Endpoint group, List<IpAddress> at, Duration askAtMost, int peers) {
    /** The group of multicast DNS (RFC 6762, section 3). */
    public static final Endpoint GROUP = new Endpoint(IpAddress.of(224, 0, 0, 251), 5353);

    /** More networks than a machine is in that is not a router. */
    public static final int MAX_PLACES = 16;

    /**
     * All networks; six questions before what was answered to the first is forgotten, since any of them may be lost; and as
     * many peers as a local network has that can still be called one.
     */
    public static final MdnsSettings DEFAULT = new MdnsSettings(GROUP, List.of(), Duration.ofSeconds(20), 256);

    public MdnsSettings {
        at = List.copyOf(at);
        if (at.size() > MAX_PLACES || peers < 1 || askAtMost.compareTo(Mdns.SECOND) < 0) {
            throw new IllegalArgumentException("at most " + MAX_PLACES
                    + " places, at least one peer, and no more than one" + " question a second");
        }
    }

    /** {@return the same at these addresses of the machine} */
    public MdnsSettings at(List<IpAddress> addresses) {
        return new MdnsSettings(group, addresses, askAtMost, peers);
    }
}
