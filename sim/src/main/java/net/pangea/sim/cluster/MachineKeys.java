package net.pangea.sim.cluster;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.keys.Keys;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.scenario.Draws;

/** The keys that the machines of a scenario are given: of the seed, so that they know each other's owners in advance. */
public final class MachineKeys {
    /** Enough that a restarted node finds one although some are down. */
    private static final int BOOTSTRAP_MAX = 8;

    private MachineKeys() {}

    /** {@return the keys of one machine, the same after every restart} */
    public static Keys of(long seed, String machine) {
        RandomStream random = Draws.of(seed, "keys", machine).stream();
        return new Keys(drawn(random, SigningKey.SEED_BYTES), new MasterKey(drawn(random, MasterKey.SIZE_BYTES)));
    }

    /** {@return the owners for whom these machines store} */
    public static List<OwnerId> owners(long seed, List<String> machines) {
        return machines.stream()
                .map(machine -> of(seed, machine).master().signingKey().id())
                .toList();
    }

    /** {@return the peer id of a machine's node} */
    public static PeerId peer(long seed, String machine) {
        return IdentityKey.ofSeed(of(seed, machine).identitySeed()).peerId();
    }

    /** {@return where the first few of these machines that are there from the start are reached: nodes join the network through them} */
    public static List<Multiaddr> bootstrap(long seed, List<Member> members) {
        return members.stream()
                .filter(Member::isFirst)
                .limit(BOOTSTRAP_MAX)
                .map(member -> member.p2p().withPeer(peer(seed, member.name())))
                .toList();
    }

    private static Bytes drawn(RandomStream random, int count) {
        byte[] bytes = new byte[count];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }
}
