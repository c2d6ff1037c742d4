package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code Tag}: 16 bytes of data. */
public final class TagStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(2, 0, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private TagStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long high() {
            return _getLongField(0);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long low() {
            return _getLongField(1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void high(long value) {
            _setLongField(0, value);
        }

        public void low(long value) {
            _setLongField(1, value);
        }
    }
}
