package net.pangea.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/** A connection whose other side has said everything already; it comes in pieces of a given size. */
final class RecordedConnection implements Connection {
    private static final Endpoint ANYWHERE = new Endpoint(IpAddress.of(127, 0, 0, 1), 1);

    private final ByteBuffer input;
    private final int pieceBytes;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    RecordedConnection(Bytes input, int pieceBytes) {
        this.input = input.asBuffer();
        this.pieceBytes = pieceBytes;
    }

    Bytes written() {
        return Bytes.wrap(output.toByteArray());
    }

    @Override
    public Endpoint local() {
        return ANYWHERE;
    }

    @Override
    public Endpoint remote() {
        return ANYWHERE;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (!input.hasRemaining()) {
            return -1;
        }
        int count = Math.min(pieceBytes, Math.min(input.remaining(), target.remaining()));
        target.put(input.slice(input.position(), count));
        input.position(input.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer source) {
        while (source.hasRemaining()) {
            output.write(source.get());
        }
    }

    @Override
    public void closeOutput() {}

    @Override
    public void reset() {}

    @Override
    public void close() {}
}
