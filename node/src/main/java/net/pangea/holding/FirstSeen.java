package net.pangea.holding;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/**
 * When a lease was first seen expired: {@code sequence (8) | running time (8)}.
 *
 * @param sequence of the lease; one that is renewed meanwhile begins anew
 * @param runningMillis by the node's running time
 */
record FirstSeen(long sequence, long runningMillis) {

    Bytes encode() {
        return new ByteWriter().u64(sequence).u64(runningMillis).toBytes();
    }

    static FirstSeen decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        long sequence = in.u64In(1, Long.MAX_VALUE, "sequence");
        long runningMillis = in.u64In(0, Long.MAX_VALUE / 2, "running time");
        in.end();
        return new FirstSeen(sequence, runningMillis);
    }
}
