package net.pangea.sim.cluster;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.keys.Keys;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;
import net.pangea.machine.RandomStream;
import net.pangea.sim.scenario.Draws;

/** The keys that the machines of a scenario are given: of the seed, so that they know each other's owners in advance. */
public final class MachineKeys {
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

    private static Bytes drawn(RandomStream random, int count) {
        byte[] bytes = new byte[count];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }
}
