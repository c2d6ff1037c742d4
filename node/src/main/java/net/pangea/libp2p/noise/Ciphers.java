package net.pangea.libp2p.noise;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * ChaCha20-Poly1305 for all connections of a peer, whose states take a cipher for each message and give it back. To find and
 * make one takes longer than to seal a short message, and to keep one for each direction of each connection takes 1.8 kB:
 * this way there are as many as there are messages in work at once. Any task may use it.
 *
 * <p>No cipher takes the key and the nonce that it had last, which what seals and what opens on one computer have in common
 * when a peer talks to itself: so ciphers only ever do the one or the other.
 */
final class Ciphers {
    private final SecureRandom secrets;
    private final Queue<Cipher> sealing = new ConcurrentLinkedQueue<>();
    private final Queue<Cipher> opening = new ConcurrentLinkedQueue<>();

    /** @param secrets is asked for nothing, but a cipher without one reaches for the platform's */
    Ciphers(SecureRandom secrets) {
        this.secrets = secrets;
    }

    SecureRandom secrets() {
        return secrets;
    }

    /** {@return one that was never used} */
    Cipher made() throws GeneralSecurityException {
        return Cipher.getInstance("ChaCha20-Poly1305");
    }

    /** {@return one to seal with} */
    Cipher toSeal() throws GeneralSecurityException {
        return idleOrMade(sealing.poll());
    }

    /** {@return one to open with} */
    Cipher toOpen() throws GeneralSecurityException {
        return idleOrMade(opening.poll());
    }

    private Cipher idleOrMade(@Nullable Cipher idle) throws GeneralSecurityException {
        return idle == null ? made() : idle;
    }

    /** Takes back one that has sealed. One that has failed is not given back. */
    void hasSealed(Cipher cipher) {
        boolean _ = sealing.add(cipher);
    }

    /** Takes back one that has opened. */
    void hasOpened(Cipher cipher) {
        boolean _ = opening.add(cipher);
    }
}
