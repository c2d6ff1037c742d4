package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.StructBuilder;
import org.capnproto.StructReader;
import org.capnproto.Text;

/** Writes the fields of a struct. */
public class FieldBuilder extends StructBuilder {

    FieldBuilder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
        super(segment, data, pointers, dataBits, pointerCount);
    }

    final void u16(int offset, int value) {
        _setShortField(offset, (short) value);
    }

    final void u32(int offset, int value) {
        _setIntField(offset, value);
    }

    /** Writes a Data field: what remains of {@code bytes}. */
    final void data(int pointer, ByteBuffer bytes) {
        ByteBuffer target =
                _initPointerField(Data.factory, pointer, bytes.remaining()).asByteBuffer();
        target.put(bytes.duplicate());
    }

    final void text(int pointer, String text) {
        _setPointerField(Text.factory, pointer, new Text.Reader(text));
    }

    final <R> R readBy(StructReader.Factory<R> reader) {
        return reader.constructReader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
    }
}
