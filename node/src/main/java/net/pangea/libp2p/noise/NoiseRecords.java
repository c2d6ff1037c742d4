package net.pangea.libp2p.noise;

import java.nio.ByteBuffer;
import net.pangea.libp2p.security.Records;
import net.pangea.libp2p.security.SecurityFailure;

/**
 * The frames after a Noise handshake: length (u16, big-endian), ciphertext, tag; at most 65,535 bytes after the length
 * (libp2p, noise, wire format).
 */
final class NoiseRecords implements Records {
    static final int LENGTH_BYTES = 2;
    static final int BODY_MAX_BYTES = 0xffff;
    static final int PLAINTEXT_MAX_BYTES = BODY_MAX_BYTES - CipherState.TAG_BYTES;

    private static final byte[] NO_DATA = new byte[0];

    private final CipherState out;
    private final CipherState in;

    NoiseRecords(CipherState out, CipherState in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public int headerBytes() {
        return LENGTH_BYTES;
    }

    @Override
    public int recordBytes(byte[] array, int at) {
        int body = Byte.toUnsignedInt(array[at]) << Byte.SIZE | Byte.toUnsignedInt(array[at + 1]);
        if (body < CipherState.TAG_BYTES) {
            throw new SecurityFailure(SecurityFailure.Kind.BAD_RECORD, "a frame of " + body + " bytes");
        }
        return LENGTH_BYTES + body;
    }

    /** In place. */
    @Override
    public ByteBuffer open(byte[] array, int at, int size) {
        int from = at + LENGTH_BYTES;
        return ByteBuffer.wrap(array, from, in.open(NO_DATA, array, from, size - LENGTH_BYTES, array, from));
    }

    /** Noise has no farewell. */
    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public int plaintextMaxBytes() {
        return PLAINTEXT_MAX_BYTES;
    }

    @Override
    public int sealedMaxBytes(int plaintextBytes) {
        return LENGTH_BYTES + plaintextBytes + CipherState.TAG_BYTES;
    }

    /** From where the plaintext lies to where it is to be, without a copy if it lies in an array. */
    @Override
    public int seal(ByteBuffer plaintext, byte[] target) {
        int size = plaintext.remaining();
        int body = size + CipherState.TAG_BYTES;
        target[0] = (byte) (body >>> Byte.SIZE);
        target[1] = (byte) body;
        if (plaintext.hasArray()) {
            int from = plaintext.arrayOffset() + plaintext.position();
            int _ = out.seal(NO_DATA, plaintext.array(), from, size, target, LENGTH_BYTES);
            plaintext.position(plaintext.limit());
        } else {
            plaintext.get(target, LENGTH_BYTES, size);
            int _ = out.seal(NO_DATA, target, LENGTH_BYTES, size, target, LENGTH_BYTES);
        }
        return LENGTH_BYTES + body;
    }

    @Override
    public boolean takeBack() {
        out.takeBack();
        return true;
    }
}
