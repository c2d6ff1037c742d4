package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code Holding}: 16 bytes of data, 1 pointer. */
public final class HoldingStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(2, 1, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private HoldingStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long leaseSequence() {
            return _getLongField(0);
        }

        public boolean deleted() {
            return _getBooleanField(64);
        }

        public StructList.Reader<HeldRangeStruct.Reader> columns() {
            return _getPointerField(HeldRangeStruct.LIST, 0);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void leaseSequence(long value) {
            _setLongField(0, value);
        }

        public void deleted(boolean value) {
            _setBooleanField(64, value);
        }

        public StructList.Builder<HeldRangeStruct.Builder> columns(int count) {
            return _initPointerField(HeldRangeStruct.LIST, 0, count);
        }
    }
}
