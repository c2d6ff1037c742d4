package net.pangea.libp2p.noise;

import java.nio.ByteBuffer;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Connection;

/**
 * The messages of a handshake on a connection: length (u16, big-endian), message. Reads take exactly a message, since the
 * first frame may come right behind the last one.
 */
final class HandshakeMessages {
    /**
     * The longest message we read. Anybody can send it, so it is far below what the length allows; a payload with an RSA key
     * of 8,192 bits, the longest that peers have, takes a third of it.
     */
    static final int MAX_BYTES = 8192;

    private final Connection connection;

    HandshakeMessages(Connection connection) {
        this.connection = connection;
    }

    void write(Bytes message) throws InterruptedException {
        connection.write(
                new ByteWriter().u16(message.size()).raw(message).toBytes().asBuffer());
    }

    Bytes read() throws InterruptedException {
        int size = exactly(NoiseRecords.LENGTH_BYTES).getShort() & NoiseRecords.BODY_MAX_BYTES;
        if (size > MAX_BYTES) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "a message of " + size + " bytes");
        }
        return Bytes.wrap(exactly(size).array());
    }

    private ByteBuffer exactly(int size) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(size);
        while (target.hasRemaining()) {
            if (connection.read(target) < 0) {
                throw new SecurityFailure(Kind.ENDED, "the other side ended in the middle of the handshake");
            }
        }
        return target.flip();
    }
}
