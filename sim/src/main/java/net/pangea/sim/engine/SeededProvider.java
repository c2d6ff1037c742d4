package net.pangea.sim.engine;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.machine.RandomStream;

/**
 * The first JCA provider of a JVM that simulates: whoever asks for the default randomness in spite of
 * {@code Machine.secrets} gets a stream of the running machine, so that keys and nonces repeat with the seed.
 * Outside a simulation it hands on to the platform's own.
 *
 * <p>The platform keeps the first default generator it makes. So the provider must be installed before any
 * cryptography is used, and {@link #install} checks that it was.
 */
final class SeededProvider extends Provider {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String NAME = "PangeaSeeded";

    private SeededProvider() {
        super(NAME, "1", "random numbers of the running simulated machine");
        put("SecureRandom." + NAME, Spi.class.getName());
    }

    /** Puts the provider first; once a JVM is enough. */
    static void install() {
        if (Security.getProvider(NAME) != null) {
            return;
        }
        Security.insertProviderAt(new SeededProvider(), 1);
        long before = Spi.DRAWS.get();
        drawByDefault();
        if (!NAME.equals(new SecureRandom().getProvider().getName()) || Spi.DRAWS.get() == before) {
            throw new IllegalStateException("cryptography was used in this JVM before the simulator's provider was"
                    + " installed, so its default randomness is not seeded: make the first Simulation earlier");
        }
    }

    /** Lets a cipher choose its own nonce, which it takes from the platform's kept default generator. */
    private static void drawByDefault() {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM mode", e);
        }
    }

    /** What the platform makes by name, hence public with a public constructor. */
    public static final class Spi extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final AtomicLong DRAWS = new AtomicLong();

        private final SecureRandom platform;

        public Spi() throws GeneralSecurityException {
            platform = SecureRandom.getInstance("DRBG", "SUN");
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            if (Simulation.ofCaller() == null) {
                platform.setSeed(seed);
            }
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            long _ = DRAWS.incrementAndGet();
            Simulation simulation = Simulation.ofCaller();
            if (simulation == null) {
                platform.nextBytes(bytes);
            } else {
                RandomStream stream = simulation.defaultSecrets();
                stream.fill(bytes);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] bytes = new byte[count];
            engineNextBytes(bytes);
            return bytes;
        }
    }
}
