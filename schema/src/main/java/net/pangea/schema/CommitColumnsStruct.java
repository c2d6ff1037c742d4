package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code CommitColumns}: 0 bytes of data, 2 pointers. */
public final class CommitColumnsStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(0, 2, Builder::new, Reader::new);

    private CommitColumnsStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public ObjectDocumentsStruct.Reader object() {
            return _getPointerField(ObjectDocumentsStruct.STRUCT, 0);
        }

        public StructList.Reader<HeldColumnStruct.Reader> columns() {
            return _getPointerField(HeldColumnStruct.LIST, 1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public ObjectDocumentsStruct.Builder object() {
            return _initPointerField(ObjectDocumentsStruct.STRUCT, 0, 0);
        }

        public StructList.Builder<HeldColumnStruct.Builder> columns(int count) {
            return _initPointerField(HeldColumnStruct.LIST, 1, count);
        }
    }
}
