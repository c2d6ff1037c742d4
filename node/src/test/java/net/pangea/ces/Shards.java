package net.pangea.ces;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/** Shards as arrays, which tests can alter, and as what {@link Ces} gives and takes. */
final class Shards {
    private Shards() {}

    /** {@return copies} */
    static List<byte[]> arrays(List<Bytes> shards) {
        return shards.stream().map(Bytes::toArray).toList();
    }

    /** {@return a frame with its padding} */
    static byte[] padded(Frame frame) {
        byte[] padded = new byte[frame.paddedBytes()];
        frame.writeTo(padded, 0);
        return padded;
    }

    /** {@return the arrays themselves} */
    static List<Optional<Bytes>> wrapped(List<Optional<byte[]>> places) {
        return places.stream().map(place -> place.map(Bytes::wrap)).toList();
    }
}
