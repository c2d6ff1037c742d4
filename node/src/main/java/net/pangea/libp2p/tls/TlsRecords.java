package net.pangea.libp2p.tls;

import java.nio.ByteBuffer;
import net.pangea.libp2p.security.Records;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;

/**
 * The records of TLS 1.3 (RFC 8446 section 5): type, version, length (u16), and at most 16,640 bytes.
 *
 * <p>What the other side asks for after the handshake, a change of keys, is answered with the next write.
 */
final class TlsRecords implements Records {
    static final int HEADER_BYTES = 5;

    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 23;
    private static final int LENGTH_AT = 3;
    private static final int BODY_MAX_BYTES = (1 << 14) + 256;

    /** A record's header, its inner type and its tag. */
    private static final int OVERHEAD_BYTES = HEADER_BYTES + 1 + 16;

    /** The message that changes keys, which may go before any record. */
    private static final int KEY_UPDATE_BYTES = OVERHEAD_BYTES + 5;

    private final Engine engine;

    TlsRecords(Engine engine) {
        this.engine = engine;
    }

    /** {@return the length of the record with that header} */
    static int sizeOf(byte[] array, int at) {
        int type = array[at];
        int body =
                Byte.toUnsignedInt(array[at + LENGTH_AT]) << Byte.SIZE | Byte.toUnsignedInt(array[at + LENGTH_AT + 1]);
        if (type < FIRST_TYPE || type > LAST_TYPE || body == 0 || body > BODY_MAX_BYTES) {
            throw new SecurityFailure(Kind.BAD_RECORD, "a record of type " + type + " and " + body + " bytes");
        }
        return HEADER_BYTES + body;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    public int recordBytes(byte[] array, int at) {
        return sizeOf(array, at);
    }

    @Override
    public ByteBuffer open(byte[] array, int at, int size) {
        return engine.open(array, at, size);
    }

    @Override
    public boolean ended() {
        return engine.hasEnded();
    }

    @Override
    public int plaintextMaxBytes() {
        return engine.plaintextMaxBytes();
    }

    @Override
    public int sealedMaxBytes(int plaintextBytes) {
        return plaintextBytes + OVERHEAD_BYTES + KEY_UPDATE_BYTES;
    }

    @Override
    public int seal(ByteBuffer plaintext, byte[] target) {
        return engine.seal(plaintext, target);
    }

    /** The engine has counted it. */
    @Override
    public boolean takeBack() {
        return false;
    }
}
