package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code ProvenBlock}: 16 bytes of data, 4 pointers. */
public final class ProvenBlockStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(2, 4, Builder::new, Reader::new);

    public static final StructList.Factory<Builder, Reader> LIST = StructList.newFactory(STRUCT);

    private ProvenBlockStruct() {}

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

        public long shardBytes() {
            return u32(2);
        }

        public Data.Reader inShard() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public Data.Reader shardRoot() {
            return _getPointerField(Data.factory, 1, null, 0, 0);
        }

        public Data.Reader inColumn() {
            return _getPointerField(Data.factory, 2, null, 0, 0);
        }

        public Data.Reader bytes() {
            return _getPointerField(Data.factory, 3, null, 0, 0);
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

        public void shardBytes(int value) {
            u32(2, value);
        }

        public void inShard(ByteBuffer bytes) {
            data(0, bytes);
        }

        public void shardRoot(ByteBuffer bytes) {
            data(1, bytes);
        }

        public void inColumn(ByteBuffer bytes) {
            data(2, bytes);
        }

        public void bytes(ByteBuffer bytes) {
            data(3, bytes);
        }
    }
}
