package net.pangea.ces;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * HChaCha20: derives a key from a key and the first 16 bytes of a long nonce.
 *
 * <p>It is the ChaCha20 block function without its final addition, of which the first and the last row are
 * kept. Source: draft-irtf-cfrg-xchacha-03 section 2.2; rounds as in RFC 8439 section 2.3.
 */
final class HChaCha20 {
    static final int KEY_BYTES = 32;
    static final int INPUT_BYTES = 16;

    private static final int DOUBLE_ROUNDS = 10;

    private HChaCha20() {}

    /** {@return the derived key} Reads the first 16 bytes of {@code nonce}. */
    static byte[] subkey(byte[] key, byte[] nonce) {
        int[] state = new int[16];
        state[0] = 0x61707865; // "expand 32-byte k"
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        ByteBuffer.wrap(key, 0, KEY_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(state, 4, 8);
        ByteBuffer.wrap(nonce, 0, INPUT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(state, 12, 4);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            quarterRound(state, 0, 4, 8, 12);
            quarterRound(state, 1, 5, 9, 13);
            quarterRound(state, 2, 6, 10, 14);
            quarterRound(state, 3, 7, 11, 15);
            quarterRound(state, 0, 5, 10, 15);
            quarterRound(state, 1, 6, 11, 12);
            quarterRound(state, 2, 7, 8, 13);
            quarterRound(state, 3, 4, 9, 14);
        }
        byte[] subkey = new byte[KEY_BYTES];
        ByteBuffer.wrap(subkey)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(state, 0, 4)
                .put(state, 12, 4);
        return subkey;
    }

    private static void quarterRound(int[] state, int a, int b, int c, int d) {
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 7);
    }
}
