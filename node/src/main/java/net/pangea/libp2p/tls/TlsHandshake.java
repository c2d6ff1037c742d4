package net.pangea.libp2p.tls;

import java.nio.ByteBuffer;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Connection;

/**
 * Carries the records of a handshake between an engine and a connection. Reads take exactly a record, since data may come
 * right behind the last one; writes put the records of a flight together.
 */
final class TlsHandshake {
    /** What we read of the other side before we give up. A handshake takes 1 kB, with RSA keys 3. */
    static final int READ_MAX_BYTES = 1 << 16;

    private final Engine engine;
    private final Connection connection;
    private int readBytes;

    TlsHandshake(Engine engine, Connection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    /** @throws SecurityFailure BAD_RECORD, BAD_HANDSHAKE, ENDED, or what the other side is not trusted for */
    void run() throws InterruptedException {
        flush();
        while (!engine.isComplete()) {
            read();
            flush();
        }
    }

    /** Sends what there is to say: the next messages, or why the handshake has failed. */
    void flush() throws InterruptedException {
        byte[] flight = engine.flight();
        if (flight.length > 0) {
            connection.write(ByteBuffer.wrap(flight));
        }
    }

    private void read() throws InterruptedException {
        byte[] header = new byte[TlsRecords.HEADER_BYTES];
        fill(ByteBuffer.wrap(header));
        int size = TlsRecords.sizeOf(header, 0);
        readBytes += size;
        if (readBytes > READ_MAX_BYTES) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "a handshake of more than " + READ_MAX_BYTES + " bytes");
        }
        byte[] record = new byte[size];
        System.arraycopy(header, 0, record, 0, header.length);
        fill(ByteBuffer.wrap(record, header.length, size - header.length));
        ByteBuffer content = engine.open(record, 0, size);
        if (content.hasRemaining() || engine.hasEnded()) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "the other side does not wait for the end of the handshake");
        }
    }

    private void fill(ByteBuffer target) throws InterruptedException {
        while (target.hasRemaining()) {
            if (connection.read(target) < 0) {
                throw new SecurityFailure(Kind.ENDED, "the other side ended in the middle of the handshake");
            }
        }
    }
}
