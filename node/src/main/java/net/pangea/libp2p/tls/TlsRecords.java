package net.pangea.libp2p.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import net.pangea.libp2p.security.Records;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;

/**
 * The records of TLS 1.3 (RFC 8446 section 5), during a handshake and after it: type, version, length (u16), and at most
 * 16,640 bytes.
 *
 * <p>What the other side asks for after the handshake, a change of keys, is answered with the next write.
 */
final class TlsRecords implements Records {
    private static final int HEADER_BYTES = 5;
    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 23;
    private static final int LENGTH_AT = 3;
    private static final int PLAINTEXT_MAX_BYTES = 1 << 14;
    private static final int BODY_MAX_BYTES = PLAINTEXT_MAX_BYTES + 256;

    private final SSLEngine engine;
    private volatile boolean ended;

    TlsRecords(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    public int recordBytes(byte[] array, int at) {
        int type = array[at];
        int body =
                Byte.toUnsignedInt(array[at + LENGTH_AT]) << Byte.SIZE | Byte.toUnsignedInt(array[at + LENGTH_AT + 1]);
        if (type < FIRST_TYPE || type > LAST_TYPE || body == 0 || body > BODY_MAX_BYTES) {
            throw new SecurityFailure(Kind.BAD_RECORD, "a record of type " + type + " and " + body + " bytes");
        }
        return HEADER_BYTES + body;
    }

    @Override
    public ByteBuffer open(byte[] array, int at, int size) {
        ByteBuffer record = ByteBuffer.wrap(array, at, size);
        ByteBuffer plaintext = ByteBuffer.allocate(size);
        try {
            SSLEngineResult result = engine.unwrap(record, plaintext);
            runTasks();
            ended = result.getStatus() == Status.CLOSED;
            if (!ended && (result.getStatus() != Status.OK || record.hasRemaining())) {
                throw new SecurityFailure(Kind.BAD_RECORD, "a record that is no record: " + result.getStatus());
            }
        } catch (SSLException e) {
            throw new SecurityFailure(Kind.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
        return plaintext.flip();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int plaintextMaxBytes() {
        return PLAINTEXT_MAX_BYTES;
    }

    @Override
    public int sealedMaxBytes(int plaintextBytes) {
        return engine.getSession().getPacketBufferSize();
    }

    @Override
    public int seal(ByteBuffer plaintext, byte[] target) {
        try {
            SSLEngineResult result = engine.wrap(plaintext, ByteBuffer.wrap(target));
            runTasks();
            if (result.getStatus() != Status.OK) {
                throw new SecurityFailure(Kind.BAD_RECORD, "no more records can be made: " + result.getStatus());
            }
            return result.bytesProduced();
        } catch (SSLException e) {
            throw new SecurityFailure(Kind.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
    }

    /** The engine has counted it. */
    @Override
    public boolean takeBack() {
        return false;
    }

    /** Runs what the engine wants done before it goes on: signatures, for instance. */
    void runTasks() {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }
}
