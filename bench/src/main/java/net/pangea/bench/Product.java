package net.pangea.bench;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.ces.Ces;
import net.pangea.ces.ContentType;
import net.pangea.ces.Suite;

/** The product's coding as {@code bench ces} calls it: with XChaCha20-Poly1305, and a key of zeros. */
final class Product {
    static final Suite SUITE = Suite.XCHACHA20_POLY1305;
    static final int KEY_BYTES = Suite.KEY_BYTES;
    static final int NONCE_BYTES = SUITE.nonceBytes();
    static final int TAG_BYTES = Suite.TAG_BYTES;

    private static final byte[] KEY = new byte[KEY_BYTES];
    private static final byte[] NONCE = new byte[NONCE_BYTES];

    private final Ces ces;
    private final SecureRandom nonces = new SecureRandom();

    Product(int dataShards, int parityShards, int vectorBits) {
        ces = new Ces(dataShards, parityShards, vectorBits);
    }

    /** Seals under a nonce of zeros. */
    static byte[] seal(byte[] plain, byte[] target) {
        SUITE.seal(KEY, NONCE, plain, 0, plain.length, target, 0);
        return target;
    }

    /** Opens what was sealed under {@code nonce}. */
    static byte[] open(byte[] nonce, byte[] source, int from, int sealedBytes, byte[] target) {
        SUITE.open(KEY, nonce, source, from, sealedBytes, target, 0);
        return target;
    }

    static byte[] open(byte[] message, byte[] target) {
        return open(NONCE, message, 0, message.length, target);
    }

    List<Bytes> encode(Content content) {
        return ces.encode(content.bytes(), ContentType.of(content.bytes()), SUITE, KEY, nonces);
    }

    byte[] decode(List<Optional<Bytes>> shards, int limitBytes) {
        return ces.decode(shards, SUITE, KEY, limitBytes);
    }
}
