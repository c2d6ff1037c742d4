package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.Text;

/** Struct {@code Welcome}: 16 bytes of data, 3 pointers. */
public final class WelcomeStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(2, 3, Builder::new, Reader::new);

    private WelcomeStruct() {}

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        public Text.Reader name() {
            return _getPointerField(Text.factory, 0, null, 0, 0);
        }

        public Data.Reader owner() {
            return _getPointerField(Data.factory, 1, null, 0, 0);
        }

        public Text.Reader zone() {
            return _getPointerField(Text.factory, 2, null, 0, 0);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long nowMillis() {
            return _getLongField(0);
        }

        /** {@return a UInt64; beyond 2^63 it looks negative} */
        public long freeBytes() {
            return _getLongField(1);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void name(String value) {
            text(0, value);
        }

        public void owner(ByteBuffer bytes) {
            data(1, bytes);
        }

        public void zone(String value) {
            text(2, value);
        }

        public void nowMillis(long value) {
            _setLongField(0, value);
        }

        public void freeBytes(long value) {
            _setLongField(1, value);
        }
    }
}
