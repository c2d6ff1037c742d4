package net.pangea.object;

import net.pangea.bytes.Bytes;
import net.pangea.manifest.Header;

/** Takes the content of an object, in order. */
public interface ContentSink {
    /**
     * The object was found and the key opens it.
     *
     * @param segmentBytes where a get may be taken up again: at multiples of this
     * @param length how many bytes will come
     */
    void begin(Header header, int segmentBytes, long length) throws InterruptedException;

    /** Takes the next bytes, all of them authentic. */
    void content(Bytes bytes) throws InterruptedException;
}
