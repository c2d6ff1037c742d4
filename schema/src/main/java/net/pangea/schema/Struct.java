package net.pangea.schema;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructFactory;
import org.capnproto.StructReader;
import org.capnproto.StructSize;

/**
 * One struct of the schema: its size, and what reads and writes it.
 *
 * @param <B> writes it
 * @param <R> reads it
 */
public final class Struct<B extends FieldBuilder, R extends StructReader> extends StructFactory<B, R> {
    private final StructSize size;
    private final NewBuilder<B> newBuilder;
    private final StructReader.Factory<R> newReader;

    /** The constructor of a builder. */
    @FunctionalInterface
    interface NewBuilder<B> {
        B at(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount);
    }

    Struct(int dataWords, int pointers, NewBuilder<B> newBuilder, StructReader.Factory<R> newReader) {
        this.size = new StructSize((short) dataWords, (short) pointers);
        this.newBuilder = newBuilder;
        this.newReader = newReader;
    }

    @Override
    public R constructReader(
            SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
        return newReader.constructReader(segment, data, pointers, dataBits, pointerCount, nestingLimit);
    }

    @Override
    public B constructBuilder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
        return newBuilder.at(segment, data, pointers, dataBits, pointerCount);
    }

    @Override
    public StructSize structSize() {
        return size;
    }

    @Override
    public R asReader(B builder) {
        return builder.readBy(newReader);
    }
}
