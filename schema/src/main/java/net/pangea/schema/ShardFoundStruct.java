package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;

/** Struct {@code ShardFound}: 8 bytes of data, 2 pointers. */
public final class ShardFoundStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 2, Builder::new, Reader::new);

    private ShardFoundStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public int column() {
            return u16(0);
        }

        public long segment() {
            return u32(1);
        }

        public Data.Reader inColumn() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public Data.Reader shard() {
            return _getPointerField(Data.factory, 1, null, 0, 0);
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

        public void segment(int value) {
            u32(1, value);
        }

        public void inColumn(ByteBuffer bytes) {
            data(0, bytes);
        }

        public void shard(ByteBuffer bytes) {
            data(1, bytes);
        }
    }
}
