package net.pangea.libp2p.yamux;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of one owner may hold together of what has come and nobody has read. A session that holds little may
 * always take a little more, so that those who fill the budget do not silence the others; so the sessions hold at most the
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

    /** {@return whether a session that holds {@code held} bytes may take so many more} */
    boolean mayTake(long held, long more) {
        return held + more <= SHARE_BYTES || bytes.get() + more <= maxBytes;
    }

    void changes(long by) {
        var _ = bytes.addAndGet(by);
    }

    /** {@return how much all of them hold} */
    public long bytes() {
        return bytes.get();
    }
}
