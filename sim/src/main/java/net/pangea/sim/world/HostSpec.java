package net.pangea.sim.world;

import net.pangea.machine.Capabilities;
import net.pangea.machine.IpAddress;
import net.pangea.sim.disk.DiskProfile;
import net.pangea.sim.network.LinkProfile;

/**
 * What a simulated machine is made of.
 *
 * @param name stable and unique: its random streams hang on it
 * @param region index into the regions of the world's fabric
 */
public record HostSpec(
        String name,
        IpAddress address,
        LinkProfile link,
        int region,
        DiskProfile disk,
        Capabilities capabilities,
        long clockOffsetNanos,
        long clockDriftPerBillion) {

    /** A small server, declared so that no run depends on the computer it runs on. */
    public static final Capabilities SMALL_SERVER = new Capabilities(2, 1L << 30, 0, true, true);

    private static final DiskProfile SOLID_STATE = DiskProfile.solidState();

    /** {@return a machine with a right clock, a solid-state disk and nothing special} */
    public static HostSpec plain(String name, IpAddress address, LinkProfile link) {
        return new HostSpec(name, address, link, 0, SOLID_STATE, SMALL_SERVER, 0, 0);
    }
}
