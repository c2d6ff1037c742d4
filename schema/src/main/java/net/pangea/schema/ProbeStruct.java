package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code Probe}: 8 bytes of data, 0 pointers. */
public final class ProbeStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 0, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private ProbeStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public long segment() {
            return u32(0);
        }

        public long block() {
            return u32(1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void segment(int value) {
            u32(0, value);
        }

        public void block(int value) {
            u32(1, value);
        }
    }
}
