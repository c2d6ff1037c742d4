package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.Text;

/** Struct {@code Refused}: 8 bytes of data, 1 pointer. */
public final class RefusedStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 1, Builder::new, Reader::new);

    private RefusedStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public int why() {
            return u16(0);
        }

        public Text.Reader text() {
            return _getPointerField(Text.factory, 0, null, 0, 0);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void why(int value) {
            u16(0, value);
        }

        public void text(String value) {
            text(0, value);
        }
    }
}
