package net.pangea.kad;

import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link Lookup} goes about it.
 *
 * @param k so many of the closest peers are to have answered
 * @param alpha so many requests at a time
 * @param paths so many paths that share no peer
 * @param timeout how long to wait for one peer before asking another in its stead
 * @param density what a {@link NetworkSize} knows; without it a lookup never widens
 */
public record LookupSettings(int k, int alpha, int paths, Duration timeout, Optional<Density> density) {
    /** Requests at a time (libp2p, kad-dht; 10 as go-libp2p has it for the public network). */
    public static final int ALPHA = 10;

    /** Enough that one path is honest with a fifth of the peers lying; more cost more messages than they find. */
    public static final int PATHS = 4;

    /** A dial and a request; js-libp2p and rust-libp2p wait as long. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The usual settings, never widening. */
    public static final LookupSettings DEFAULT =
            new LookupSettings(RoutingTable.K, ALPHA, PATHS, TIMEOUT, Optional.empty());

    public LookupSettings {
        if (k < 1 || alpha < 1 || paths < 1) {
            throw new IllegalArgumentException(
                    "nothing can be looked up with k = " + k + ", alpha = " + alpha + ", " + paths + " paths");
        }
    }

    /** {@return these settings with another patience} */
    public LookupSettings waiting(Duration newTimeout) {
        return new LookupSettings(k, alpha, paths, newTimeout, density);
    }

    /** {@return these settings in a network so dense} */
    public LookupSettings in(Optional<Density> settled) {
        return new LookupSettings(k, alpha, paths, timeout, settled);
    }
}
