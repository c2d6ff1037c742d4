package net.pangea.libp2p.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Connection;

/**
 * Carries the records of a handshake between an engine and a connection. Reads take exactly a record, since data may come
 * right behind the last one; writes put the records of a flight together.
 */
final class TlsHandshake {
    /** What we read of the other side before we give up. A handshake takes 3 kB, with RSA keys 6. */
    static final int READ_MAX_BYTES = 1 << 16;

    /** More than that in a row would never end. */
    private static final int EMPTY_RECORDS_MAX = 8;

    private static final ByteBuffer NO_PLAINTEXT = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final TlsRecords records;
    private final Connection connection;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private int readBytes;
    private int emptyRecords;

    TlsHandshake(SSLEngine engine, TlsRecords records, Connection connection) {
        this.engine = engine;
        this.records = records;
        this.connection = connection;
    }

    /** @throws SecurityFailure BAD_RECORD, BAD_HANDSHAKE or ENDED */
    void run() throws InterruptedException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_WRAP -> wrap();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    flush();
                    unwrap();
                }
                case NEED_TASK -> records.runTasks();
                case FINISHED, NOT_HANDSHAKING -> {}
            }
            status = engine.getHandshakeStatus();
        }
        flush();
    }

    /** Says why the handshake has failed, if there is something to say. */
    void sayWhy() throws InterruptedException {
        for (int i = 0; i < 2 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
            try {
                wrap();
            } catch (SecurityFailure _) {
                // The engine tells us its reason once more, and then the other side.
            }
        }
        flush();
    }

    private void wrap() {
        byte[] record = new byte[records.sealedMaxBytes(0)];
        int size = records.seal(NO_PLAINTEXT, record);
        flight.write(record, 0, size);
        // It is empty where a session ticket would be.
        emptyRecords = size == 0 ? emptyRecords + 1 : 0;
        if (emptyRecords > EMPTY_RECORDS_MAX) {
            throw new IllegalStateException("the engine has nothing to say and wants to say it");
        }
    }

    private void flush() throws InterruptedException {
        if (flight.size() > 0) {
            byte[] all = flight.toByteArray();
            flight.reset();
            connection.write(ByteBuffer.wrap(all));
        }
    }

    private void unwrap() throws InterruptedException {
        byte[] header = exactly(records.headerBytes());
        int size = records.recordBytes(header, 0);
        readBytes += size;
        if (readBytes > READ_MAX_BYTES) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "a handshake of more than " + READ_MAX_BYTES + " bytes");
        }
        byte[] body = exactly(size - header.length);
        byte[] record = new byte[size];
        System.arraycopy(header, 0, record, 0, header.length);
        System.arraycopy(body, 0, record, header.length, body.length);
        if (records.open(record, 0, size).hasRemaining() || records.ended()) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "the other side does not wait for the end of the handshake");
        }
    }

    private byte[] exactly(int size) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(size);
        while (target.hasRemaining()) {
            if (connection.read(target) < 0) {
                throw new SecurityFailure(Kind.ENDED, "the other side ended in the middle of the handshake");
            }
        }
        return target.array();
    }
}
