package net.pangea.holding;

import java.util.OptionalLong;

/** What the clocks of peers say of this machine's clock. */
@FunctionalInterface
public interface PeerClocks {

    /**
     * {@return the median, over the peers, of how far their clocks are ahead of this one's, in milliseconds; negative if
     * they are behind; empty if no peer is known} A holder that is told nothing here never collects.
     */
    OptionalLong medianAheadMillis();
}
