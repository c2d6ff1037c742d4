package net.pangea.schema;

import org.capnproto.DataList;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;

/** Struct {@code FetchChanges}: 16 bytes of data, 1 pointer. */
public final class FetchChangesStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(2, 1, Builder::new, Reader::new);

    private FetchChangesStruct() {}

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

        public DataList.Reader objects() {
            return _getPointerField(DataList.factory, 0);
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

        public DataList.Builder objects(int count) {
            return _initPointerField(DataList.factory, 0, count);
        }
    }
}
