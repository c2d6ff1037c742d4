package net.pangea.sim.network;

import net.pangea.machine.RandomStream;

/** What damage does to bytes on their way. */
final class TurnedBit {
    private TurnedBit() {}

    /** {@return a copy with one bit turned, if there is any} */
    static byte[] in(byte[] bytes, RandomStream random) {
        byte[] damaged = bytes.clone();
        if (damaged.length > 0) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return damaged;
    }
}
