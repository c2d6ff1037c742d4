package net.pangea.ces;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Takes the place of the platform's default generator, which a cipher would otherwise be handed: a cipher that is
 * given its nonce draws nothing, and one that draws anyway is stopped.
 */
final class NoRandomness extends SecureRandom {
    private static final long serialVersionUID = 1L;

    static final SecureRandom INSTANCE = new NoRandomness();

    private NoRandomness() {
        super(new Refusal(), null);
    }

    private static final class Refusal extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw drawn();
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            throw drawn();
        }

        @Override
        protected byte[] engineGenerateSeed(int numBytes) {
            throw drawn();
        }

        private static IllegalStateException drawn() {
            return new IllegalStateException("a cipher with a given nonce must not draw randomness");
        }
    }
}
