package net.pangea.object;

import net.pangea.bytes.Bytes;

/** Gives the content of an object, in order. */
@FunctionalInterface
public interface ContentSource {
    /** {@return exactly the next {@code sizeBytes} bytes} */
    Bytes next(int sizeBytes) throws InterruptedException;
}
