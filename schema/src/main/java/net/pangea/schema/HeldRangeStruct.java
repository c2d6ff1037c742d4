package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code HeldRange}: 8 bytes of data, 1 pointer. */
public final class HeldRangeStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 1, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private HeldRangeStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public int column() {
            return u16(0);
        }

        public StructList.Reader<SegmentRangeStruct.Reader> ranges() {
            return _getPointerField(SegmentRangeStruct.LIST, 0);
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

        public StructList.Builder<SegmentRangeStruct.Builder> ranges(int count) {
            return _initPointerField(SegmentRangeStruct.LIST, 0, count);
        }
    }
}
