package net.pangea.sim.cluster.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.machine.IpAddress;
import net.pangea.sim.disk.DiskProfile;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.network.device.Nat;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.LinkSpec;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.NatKind;
import net.pangea.sim.scenario.Regions;
import net.pangea.sim.world.HostSpec;

/** Turns a scenario's machines into hosts. Pure. */
final class Topology {
    private static final int NETWORK = 10 << 24;

    /** Of the networks behind NAT boxes (RFC 1918); each machine's number is its own, so that captures can tell them apart. */
    private static final int HOME_NETWORKS = (172 << 24) + (16 << 16);

    private static final int BITS_PER_BYTE = 8;

    private final Regions regions;
    private final List<Optional<String>> names;

    Topology(Regions regions, List<MachineSpec> machines) {
        this.regions = regions;
        this.names = new ArrayList<>();
        for (MachineSpec machine : machines) {
            if (!names.contains(machine.region())) {
                names.add(machine.region());
            }
        }
    }

    /** {@return what each pair of regions adds to a packet's way, in nanoseconds} */
    long[][] oneWayNanos() {
        long[][] nanos = new long[names.size()][names.size()];
        for (int from = 0; from < names.size(); from++) {
            for (int to = 0; to < names.size(); to++) {
                nanos[from][to] = regions.roundTripNanos(names.get(from), names.get(to)) / 2;
            }
        }
        return nanos;
    }

    /**
     * @param number makes the address: 10.0.0.1 and so on; behind a NAT box that is the box's,
     *     and the machine is 172.16.0.1 and so on
     */
    HostSpec host(MachineSpec machine, int number) {
        IpAddress address = new IpAddress.V4(NETWORK + number);
        Optional<HostSpec.NatBox> behind = nat(machine.nat()).map(kind -> new HostSpec.NatBox(kind, address));
        return new HostSpec(
                machine.name(),
                behind.isPresent() ? new IpAddress.V4(HOME_NETWORKS + number) : address,
                link(machine.link()),
                names.indexOf(machine.region()),
                disk(machine),
                HostSpec.SMALL_SERVER,
                machine.clockOffsetNanos(),
                machine.driftPartsPerBillion(),
                behind);
    }

    private static Optional<Nat.Kind> nat(NatKind kind) {
        return switch (kind) {
            case NONE -> Optional.empty();
            case CONE -> Optional.of(Nat.Kind.CONE);
            case RESTRICTED -> Optional.of(Nat.Kind.RESTRICTED);
            case PORT_RESTRICTED -> Optional.of(Nat.Kind.PORT_RESTRICTED);
            case SYMMETRIC -> Optional.of(Nat.Kind.SYMMETRIC);
        };
    }

    private static LinkProfile link(LinkSpec link) {
        Sampler way = sum(link.latencyNanos(), link.jitterNanos());
        return new LinkProfile(
                way,
                way,
                link.upBitsPerSecond() / BITS_PER_BYTE,
                link.downBitsPerSecond() / BITS_PER_BYTE,
                link.queueBytes(),
                link.lossPerMillion(),
                link.reorderPerMillion(),
                link.duplicatePerMillion());
    }

    private static Sampler sum(Distribution one, Distribution other) {
        if (one.isConstant() && other.isConstant()) {
            return Sampler.constant(one.constant() + other.constant());
        }
        return random -> one.draw(random) + other.draw(random);
    }

    private static DiskProfile disk(MachineSpec machine) {
        return new DiskProfile(
                machine.diskLatencyNanos()::draw,
                machine.diskSyncNanos()::draw,
                DiskProfile.solidState().bandwidthBytesPerSecond(),
                machine.diskCapacityBytes(),
                0,
                0,
                0);
    }
}
