package net.pangea.sim.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a run: a rolling 128-bit hash over (virtual time, kind, machine, payload) of everything
 * that happens, with a checkpoint every {@value #CHECKPOINT_EVERY} records.
 *
 * <p>Not cryptographic: it has to tell two runs apart that differ by accident. Two lanes of multiply and
 * rotate, each fed with every word and with each other.
 *
 * <p>A {@link Sink} sees the same records for {@code --trace}; whether there is one never changes the hash.
 */
public final class Trace {

    /** How many records lie between two checkpoints. */
    public static final int CHECKPOINT_EVERY = 4096;

    private static final VarHandle LITTLE_ENDIAN_LONG = MethodHandles.byteArrayViewVarHandle(
                    long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long MIX_A = 0x9e3779b97f4a7c15L;
    private static final long MIX_B = 0xc2b2ae3d27d4eb4fL;

    /** What a record tells. The code is part of the hash: never change one, only add. */
    public enum Kind {
        WAKE(1),
        DATAGRAM_DELIVERED(3),
        DATAGRAM_LOST(4),
        SEGMENT_DELIVERED(5),
        CONNECTION(6),
        DISK(7),
        EVENT(8),
        FAULT(9),
        MACHINE(10),
        QUIC_DELIVERED(11);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** Reads the records as they are made. */
    public interface Sink {

        /**
         * Takes one record.
         *
         * @param index counts the records of the run
         * @param machine the machine's number in this run, -1 for none
         * @param first what the kind says, as {@code second}
         * @param payload readable, its position untouched; null if the record has none
         */
        void record(
                long index, long nanos, Kind kind, int machine, long first, long second, @Nullable ByteBuffer payload);
    }

    private final @Nullable Sink sink;
    private long a = MIX_A;
    private long b = MIX_B;
    private long records;
    private long[] checkpoints = new long[16];

    Trace(@Nullable Sink sink) {
        this.sink = sink;
    }

    /** Adds a record without a payload. */
    public void record(long nanos, Kind kind, int machine, long first, long second) {
        mix(nanos);
        mix((long) kind.code << 32 | (machine & 0xffff_ffffL));
        mix(first);
        mix(second);
        added();
        if (sink != null) {
            sink.record(records - 1, nanos, kind, machine, first, second, null);
        }
    }

    /** Adds a record with a payload. */
    public void record(long nanos, Kind kind, int machine, long first, long second, byte[] payload) {
        record(nanos, kind, machine, first, second, payload, 0, payload.length);
    }

    /** Adds a record with the bytes between position and limit of {@code payload}, a heap buffer that stays as it is. */
    public void record(long nanos, Kind kind, int machine, long first, long second, ByteBuffer payload) {
        int from = payload.arrayOffset() + payload.position();
        record(nanos, kind, machine, first, second, payload.array(), from, from + payload.remaining());
    }

    private void record(long nanos, Kind kind, int machine, long first, long second, byte[] bytes, int from, int to) {
        mix(nanos);
        mix((long) kind.code << 32 | (machine & 0xffff_ffffL));
        mix(first);
        mix(second);
        mixBytes(bytes, from, to);
        added();
        if (sink != null) {
            sink.record(records - 1, nanos, kind, machine, first, second, ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    private void mixBytes(byte[] bytes, int from, int to) {
        mix(to - from);
        int at = from;
        while (at + Long.BYTES <= to) {
            mix((long) LITTLE_ENDIAN_LONG.get(bytes, at));
            at += Long.BYTES;
        }
        long tail = 0;
        while (at < to) {
            tail = tail << 8 | (bytes[at++] & 0xff);
        }
        mix(tail);
    }

    private void mix(long word) {
        a = Long.rotateLeft((a ^ word) * MIX_A, 29) + b;
        b = (Long.rotateLeft(b, 31) + word) * MIX_B ^ a;
    }

    private void added() {
        records++;
        if (records % CHECKPOINT_EVERY == 0) {
            int at = (int) (records / CHECKPOINT_EVERY - 1) * 2;
            if (at + 2 > checkpoints.length) {
                checkpoints = Arrays.copyOf(checkpoints, checkpoints.length * 2);
            }
            checkpoints[at] = a;
            checkpoints[at + 1] = b;
        }
    }

    /** {@return how many records there are} */
    public long records() {
        return records;
    }

    /** {@return the hash so far, 32 hexadecimal digits} */
    public String hash() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b);
    }

    /** {@return the hash after each {@value #CHECKPOINT_EVERY} records, two words each} */
    public long[] checkpoints() {
        return Arrays.copyOf(checkpoints, (int) (records / CHECKPOINT_EVERY) * 2);
    }
}
