package net.pangea.keys;

import java.security.SecureRandom;
import net.pangea.machine.RandomStream;

/** A machine's secrets in a test: a stream that repeats. */
public final class SeededSecrets extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient RandomStream stream;

    public SeededSecrets(long seed) {
        stream = RandomStream.of(seed, "secrets");
    }

    @Override
    public void nextBytes(byte[] bytes) {
        stream.fill(bytes);
    }
}
