package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;

/** Struct {@code ObjectDocuments}: 0 bytes of data, 3 pointers. */
public final class ObjectDocumentsStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(0, 3, Builder::new, Reader::new);

    private ObjectDocumentsStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public Data.Reader manifest() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public Data.Reader sealedHeader() {
            return _getPointerField(Data.factory, 1, null, 0, 0);
        }

        public Data.Reader lease() {
            return _getPointerField(Data.factory, 2, null, 0, 0);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void manifest(ByteBuffer bytes) {
            data(0, bytes);
        }

        public void sealedHeader(ByteBuffer bytes) {
            data(1, bytes);
        }

        public void lease(ByteBuffer bytes) {
            data(2, bytes);
        }
    }
}
