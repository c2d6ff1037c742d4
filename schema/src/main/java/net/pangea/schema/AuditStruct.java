package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code Audit}: 8 bytes of data, 2 pointers. */
public final class AuditStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 2, Builder::new, Reader::new);

    private AuditStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public Data.Reader object() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public int column() {
            return u16(0);
        }

        public StructList.Reader<ProbeStruct.Reader> probes() {
            return _getPointerField(ProbeStruct.LIST, 1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void object(ByteBuffer bytes) {
            data(0, bytes);
        }

        public void column(int value) {
            u16(0, value);
        }

        public StructList.Builder<ProbeStruct.Builder> probes(int count) {
            return _initPointerField(ProbeStruct.LIST, 1, count);
        }
    }
}
