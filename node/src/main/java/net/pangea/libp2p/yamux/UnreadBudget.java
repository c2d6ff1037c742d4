package net.pangea.libp2p.yamux;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of one owner may hold together of what has come, or is announced, and nobody has read. A session that holds
 * little may always take a little more, so that those who fill the budget do not silence the others; so the sessions hold at most the
 * budget and {@value #SHARE_BYTES} bytes each. Any task may call it.
 */
public final class UnreadBudget {
    /** What a session may hold in any case: some messages, and less than one stream's window. */
    static final int SHARE_BYTES = 32 << 10;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    public UnreadBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes so many bytes for a session, before they come.
     *
     * @param held how many the session has taken and not given back
     * @return whether there was room for them
     */
    boolean take(long held, long more) {
        if (held + more <= SHARE_BYTES) {
            var _ = bytes.addAndGet(more);
            return true;
        }
        long all = bytes.get();
        while (all + more <= maxBytes) {
            long seen = bytes.compareAndExchange(all, all + more);
            if (seen == all) {
                return true;
            }
            all = seen;
        }
        return false;
    }

    void giveBack(long less) {
        var _ = bytes.addAndGet(-less);
    }

    /** {@return how much all of them hold} */
    public long bytes() {
        return bytes.get();
    }
}
