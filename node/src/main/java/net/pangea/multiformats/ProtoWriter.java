package net.pangea.multiformats;

import java.nio.charset.StandardCharsets;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/**
 * Writes a Protocol Buffers message, field after field in the order of calls, so that one message has one encoding. Only the
 * wire types that libp2p uses: varints and length-delimited fields. Read by {@link ProtoReader}.
 */
public final class ProtoWriter {
    static final int VARINT = 0;
    static final int SIZED = 2;

    private final ByteWriter out = new ByteWriter();

    /** Writes a number, an enum or a bool. */
    public ProtoWriter number(int field, long value) {
        Varint.write(out, (long) field << 3 | VARINT);
        Varint.write(out, value);
        return this;
    }

    public ProtoWriter bytes(int field, Bytes value) {
        Varint.write(out, (long) field << 3 | SIZED);
        Varint.write(out, value.size());
        out.raw(value);
        return this;
    }

    public ProtoWriter text(int field, String value) {
        return bytes(field, Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    public ProtoWriter message(int field, ProtoWriter value) {
        Varint.write(out, (long) field << 3 | SIZED);
        Varint.write(out, value.out.size());
        out.raw(value.out);
        return this;
    }

    public Bytes toBytes() {
        return out.toBytes();
    }
}
