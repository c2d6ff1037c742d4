package net.pangea.sim.scenario;

import java.util.List;
import java.util.Optional;

/** What a {@link Target} may refer to, as it stands when a fault fires. Every list is in the machines' order. */
public interface Directory {

    /** {@return every machine of the scenario} */
    List<String> machines();

    /** {@return the machines of a group} */
    List<String> group(String group);

    /** {@return the machines that hold any part of what was stored as {@code object}} */
    List<String> holdersOf(String object);

    /** {@return the machines behind NAT boxes of a kind} */
    List<String> behind(NatKind nat);

    /** {@return the machine that restarted last} */
    Optional<String> lastRestarted();
}
