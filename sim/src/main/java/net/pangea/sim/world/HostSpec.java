package net.pangea.sim.world;

import java.util.Optional;
import net.pangea.machine.Capabilities;
import net.pangea.machine.IpAddress;
import net.pangea.sim.disk.DiskProfile;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.device.Nat;

/**
 * What a simulated machine is made of.
 *
 * @param name stable and unique: its random streams hang on it
 * @param region index into the regions of the world's fabric
 * @param behind the NAT box before it; then {@code address} is one of its own network
 */
public record HostSpec(
        String name,
        IpAddress address,
        LinkProfile link,
        int region,
        DiskProfile disk,
        Capabilities capabilities,
        long clockOffsetNanos,
        long clockDriftPerBillion,
        Optional<NatBox> behind) {

    /** A NAT box: what it is like, and its address on the network's side. */
    public record NatBox(Nat.Kind kind, IpAddress outer) {}

    /** A machine that is behind nothing. */
    public HostSpec(
            String name,
            IpAddress address,
            LinkProfile link,
            int region,
            DiskProfile disk,
            Capabilities capabilities,
            long clockOffsetNanos,
            long clockDriftPerBillion) {
        this(name, address, link, region, disk, capabilities, clockOffsetNanos, clockDriftPerBillion, Optional.empty());
    }

    /** A small server, declared so that no run depends on the computer it runs on. */
    public static final Capabilities SMALL_SERVER = new Capabilities(2, 1L << 30, 0, true, true);

    private static final DiskProfile SOLID_STATE = DiskProfile.solidState();

    /** {@return a machine with a right clock, a solid-state disk and nothing special} */
    public static HostSpec plain(String name, IpAddress address, LinkProfile link) {
        return new HostSpec(name, address, link, 0, SOLID_STATE, SMALL_SERVER, 0, 0);
    }
}
