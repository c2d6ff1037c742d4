package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.PrimitiveList;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;

/** Struct {@code FetchShard}: 8 bytes of data, 2 pointers. */
public final class FetchShardStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 2, Builder::new, Reader::new);

    private FetchShardStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public Data.Reader object() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public long segment() {
            return u32(0);
        }

        public PrimitiveList.Short.Reader columns() {
            return _getPointerField(PrimitiveList.Short.factory, 1);
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

        public void segment(int value) {
            u32(0, value);
        }

        public PrimitiveList.Short.Builder columns(int count) {
            return _initPointerField(PrimitiveList.Short.factory, 1, count);
        }
    }
}
