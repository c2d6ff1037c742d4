package net.pangea.sim.cluster;

import java.util.List;

/**
 * What the machines' firewalls kept out, and what came through although the rules in force deny it.
 *
 * @param denied how many packets did not come in
 * @param delivered by machine, what the rules deny and its sockets took all the same; not said by the firewalls themselves
 */
public record Denials(long denied, List<String> delivered) {
    /** Of an executor without firewalls. */
    public static final Denials NONE = new Denials(0, List.of());

    public Denials {
        delivered = List.copyOf(delivered);
    }
}
