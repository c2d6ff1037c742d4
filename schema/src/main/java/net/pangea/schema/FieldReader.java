package net.pangea.schema;

import org.capnproto.SegmentReader;
import org.capnproto.StructReader;

/** Reads the numbers of a struct as what they are: unsigned. */
class FieldReader extends StructReader {

    FieldReader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
        super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
    }

    /**
     * {@return a UInt16}
     *
     * @param offset in units of 2 bytes
     */
    final int u16(int offset) {
        return Short.toUnsignedInt(_getShortField(offset));
    }

    /**
     * {@return a UInt32}
     *
     * @param offset in units of 4 bytes
     */
    final long u32(int offset) {
        return Integer.toUnsignedLong(_getIntField(offset));
    }
}
