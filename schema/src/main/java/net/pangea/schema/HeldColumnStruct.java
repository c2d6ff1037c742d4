package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code HeldColumn}: 8 bytes of data, 2 pointers. */
public final class HeldColumnStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 2, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private HeldColumnStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public int column() {
            return u16(0);
        }

        public Data.Reader index() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public StructList.Reader<SegmentRangeStruct.Reader> ranges() {
            return _getPointerField(SegmentRangeStruct.LIST, 1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void column(int value) {
            u16(0, value);
        }

        public void index(ByteBuffer bytes) {
            data(0, bytes);
        }

        public StructList.Builder<SegmentRangeStruct.Builder> ranges(int count) {
            return _initPointerField(SegmentRangeStruct.LIST, 1, count);
        }
    }
}
