package net.pangea.legacy;

import net.pangea.bytes.Bytes;

/** A request that is there as a whole. */
final class BytesInput implements Input<RuntimeException> {
    private final Bytes bytes;
    private int position;

    BytesInput(Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public Bytes exactly(int count, String what) {
        if (count > remaining()) {
            throw Input.cutOff(what, count, remaining());
        }
        position += count;
        return bytes.slice(position - count, position);
    }

    @Override
    public Bytes untilEnd(int maxBytes, String what) {
        if (remaining() > maxBytes) {
            throw Input.tooLarge(what, maxBytes);
        }
        return exactly(remaining(), what);
    }

    int remaining() {
        return bytes.size() - position;
    }
}
