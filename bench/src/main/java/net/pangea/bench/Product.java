package net.pangea.bench;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import net.pangea.ces.Ces;
import net.pangea.ces.ContentType;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.Suite;

/** What {@code bench ces} calls of the product's ciphers and of {@link Ces}, with a key and a nonce of zeros. */
final class Product {
    /** The one that libsodium has too. */
    private static final Suite SUITE = Suite.XCHACHA20_POLY1305;

    static final int KEY_BYTES = Suite.KEY_BYTES;
    static final int NONCE_BYTES = SUITE.nonceBytes();
    static final int TAG_BYTES = Suite.TAG_BYTES;

    private static final byte[] KEY = new byte[KEY_BYTES];
    private static final byte[] NONCE = new byte[NONCE_BYTES];
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final Ces ces;
    private final SecureRandom nonces = new SecureRandom();

    Product(ReedSolomon code) {
        ces = new Ces(code.dataShards(), code.parityShards());
    }

    static byte[] seal(byte[] plain) {
        return SUITE.seal(KEY, NONCE, NO_ASSOCIATED_DATA, plain);
    }

    static byte[] open(byte[] message) {
        return SUITE.open(KEY, NONCE, NO_ASSOCIATED_DATA, message);
    }

    List<byte[]> encode(Content content) {
        return ces.encode(content.bytes(), ContentType.of(content.bytes()), SUITE, KEY, nonces);
    }

    byte[] decode(List<Optional<byte[]>> shards) {
        return ces.decode(shards, SUITE, KEY, Ces.CONTENT_BYTES_MAX);
    }
}
