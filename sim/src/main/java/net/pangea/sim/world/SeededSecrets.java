package net.pangea.sim.world;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import net.pangea.machine.RandomStream;

/** Keys and nonces of a simulated machine: a stream of the seed behind the face of a {@link SecureRandom}. */
final class SeededSecrets extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1L;

    SeededSecrets(RandomStream stream) {
        super(new Spi(stream), null);
    }

    @Override
    public String getAlgorithm() {
        return "seeded";
    }

    /** Draws from the stream; a given seed changes nothing, so that nothing outside the run can. */
    static final class Spi extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient RandomStream stream;

        Spi(RandomStream stream) {
            this.stream = stream;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the run's seed is the only one
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            stream.fill(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] bytes = new byte[count];
            stream.fill(bytes);
            return bytes;
        }
    }
}
