package net.pangea.ces;

/**
 * The one zstd frame of some content, with its padding, before it is where it belongs. Shares the arrays it was made of.
 *
 * <p>A frame of raw blocks is the content itself with a few bytes between: it is only made where it is written to.
 */
final class Frame {
    private final byte[] bytes;
    private final int frameBytes;
    private final int paddedBytes;
    private final boolean isStored;

    private Frame(byte[] bytes, int frameBytes, int paddedBytes, boolean isStored) {
        this.bytes = bytes;
        this.frameBytes = frameBytes;
        this.paddedBytes = paddedBytes;
        this.isStored = isStored;
    }

    /** {@return the frame of {@code content} in raw blocks} */
    static Frame storing(byte[] content) {
        int frameBytes = ZstdFrame.storedBytes(content.length);
        return new Frame(content, frameBytes, Padding.paddedBytes(frameBytes), true);
    }

    /** {@return the frame that {@code bytes} begin with, of {@code frameBytes}} */
    static Frame compressed(byte[] bytes, int frameBytes) {
        return new Frame(bytes, frameBytes, Padding.paddedBytes(frameBytes), false);
    }

    /** {@return all of {@code bytes}, as the original network has frames: without padding} */
    static Frame unpadded(byte[] bytes) {
        return new Frame(bytes, bytes.length, bytes.length, false);
    }

    /** {@return the length with the padding} */
    int paddedBytes() {
        return paddedBytes;
    }

    /** Puts frame and padding into {@code target}, from {@code at} on. */
    void writeTo(byte[] target, int at) {
        if (isStored) {
            ZstdFrame.store(bytes, target, at);
        } else {
            System.arraycopy(bytes, 0, target, at, frameBytes);
        }
        Padding.append(target, at + frameBytes, at + paddedBytes);
    }
}
