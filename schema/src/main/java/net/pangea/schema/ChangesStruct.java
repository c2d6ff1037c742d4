package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code Changes}: 24 bytes of data, 3 pointers. */
public final class ChangesStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(3, 3, Builder::new, Reader::new);

    private ChangesStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long life() {
            return _getLongField(0);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long change() {
            return _getLongField(1);
        }

        public boolean unbroken() {
            return _getBooleanField(128);
        }

        public StructList.Reader<TagStruct.Reader> changed() {
            return _getPointerField(TagStruct.LIST, 0);
        }

        public StructList.Reader<HoldingStruct.Reader> changedHoldings() {
            return _getPointerField(HoldingStruct.LIST, 1);
        }

        public StructList.Reader<HoldingStruct.Reader> objects() {
            return _getPointerField(HoldingStruct.LIST, 2);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void life(long value) {
            _setLongField(0, value);
        }

        public void change(long value) {
            _setLongField(1, value);
        }

        public void unbroken(boolean value) {
            _setBooleanField(128, value);
        }

        public StructList.Builder<TagStruct.Builder> changed(int count) {
            return _initPointerField(TagStruct.LIST, 0, count);
        }

        public StructList.Builder<HoldingStruct.Builder> changedHoldings(int count) {
            return _initPointerField(HoldingStruct.LIST, 1, count);
        }

        public StructList.Builder<HoldingStruct.Builder> objects(int count) {
            return _initPointerField(HoldingStruct.LIST, 2, count);
        }
    }
}
