package net.pangea.bench;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import net.pangea.ces.Ces;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.XChaCha20Poly1305;

/** What {@code bench ces} calls of the product's ciphers and of {@link Ces}, with a key and a nonce of zeros. */
final class Product {
    static final int KEY_BYTES = XChaCha20Poly1305.KEY_BYTES;
    static final int NONCE_BYTES = XChaCha20Poly1305.NONCE_BYTES;
    static final int TAG_BYTES = XChaCha20Poly1305.TAG_BYTES;

    private static final byte[] KEY = new byte[KEY_BYTES];
    private static final byte[] NONCE = new byte[NONCE_BYTES];
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final Ces ces;
    private final SecureRandom nonces = new SecureRandom();

    Product(ReedSolomon code) {
        ces = new Ces(code.dataShards(), code.parityShards());
    }

    static byte[] seal(byte[] plain) {
        return XChaCha20Poly1305.seal(KEY, NONCE, NO_ASSOCIATED_DATA, plain);
    }

    static byte[] open(byte[] message) {
        return XChaCha20Poly1305.open(KEY, NONCE, NO_ASSOCIATED_DATA, message);
    }

    List<byte[]> encode(Content content) {
        return ces.encode(content.bytes(), KEY, nonces);
    }

    byte[] decode(List<Optional<byte[]>> shards) {
        return ces.decode(shards, KEY, Ces.CONTENT_BYTES_MAX);
    }
}
