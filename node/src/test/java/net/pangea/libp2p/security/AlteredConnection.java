package net.pangea.libp2p.security;

import java.nio.ByteBuffer;
import net.pangea.machine.Connection;
import net.pangea.machine.ForwardingConnection;

/** A connection on whose way somebody sits who alters one bit of what is read, or cuts it off there. */
public final class AlteredConnection extends ForwardingConnection {
    private final long place;
    private final boolean cuts;
    private long position;

    /**
     * @param place so many bytes are read unaltered
     * @param cuts whether the stream ends then; else a bit of the next byte is flipped
     */
    public AlteredConnection(Connection inner, long place, boolean cuts) {
        super(inner);
        this.place = place;
        this.cuts = cuts;
    }

    /** {@return whether the place was reached} */
    public boolean hasAltered() {
        return position > place || (cuts && position == place);
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        if (cuts && position >= place) {
            return target.hasRemaining() ? -1 : 0;
        }
        int start = target.position();
        int limit = target.limit();
        if (cuts) {
            target.limit((int) Math.min(limit, start + place - position));
        }
        int count = inner.read(target);
        target.limit(limit);
        if (!cuts && count > 0 && position <= place && place < position + count) {
            int at = start + (int) (place - position);
            target.put(at, (byte) (target.get(at) ^ 1 << (place % 8)));
        }
        position += Math.max(0, count);
        return count;
    }
}
