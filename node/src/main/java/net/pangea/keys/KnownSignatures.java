package net.pangea.keys;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.pangea.bytes.Sha256;

/**
 * Signatures that were verified before. A verification costs a tenth of a millisecond and is a pure function, and a
 * holder meets the same few leases and tickets again with every request of a put, an audit or a repair.
 *
 * <p>Each place remembers the last signature that fell on it: memory is bounded, nobody waits for a lock, and forgetting
 * costs time only. Nothing but genuine signatures gets in, under a hash of owner, message and signature together.
 */
final class KnownSignatures {
    private static final int PLACES = 1 << 13;

    private final AtomicReferenceArray<Sha256> places = new AtomicReferenceArray<>(PLACES);

    boolean contains(Sha256 signed) {
        return signed.equals(places.get(placeOf(signed)));
    }

    void add(Sha256 signed) {
        places.set(placeOf(signed), signed);
    }

    private static int placeOf(Sha256 signed) {
        ByteBuffer bytes = signed.bytes().asBuffer();
        return bytes.getInt(0) & (PLACES - 1);
    }
}
