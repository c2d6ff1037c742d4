package net.pangea.ces;

import java.security.SecureRandom;
import net.pangea.machine.RandomStream;

/** A machine's secrets in a test: a stream that repeats. */
final class SeededNonces extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient RandomStream stream;

    SeededNonces(long seed) {
        stream = RandomStream.of(seed, "nonces");
    }

    @Override
    public void nextBytes(byte[] bytes) {
        stream.fill(bytes);
    }
}
