package net.pangea.protocol;

import java.time.Duration;

/**
 * How long one side of a connection waits for the other.
 *
 * @param connect for a connection to open
 * @param reply for the first byte of an answer, and for the other side to take or give the next
 *     {@value Slices#SLICE_BYTES} bytes, beside the time those bytes need
 * @param idle for the next request on an open connection
 * @param hedge for the usual holders of a segment before the others are asked as well
 * @param slowestBytesPerSecond the slowest connection that still counts as working
 */
public record Deadlines(Duration connect, Duration reply, Duration idle, Duration hedge, int slowestBytesPerSecond) {

    /** Between nodes: a dead peer is given up after seconds, a home link that is shared by twelve is not. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(4), Duration.ofSeconds(2), 8 << 10);

    /** For a client, whose node may have to wait for several dead peers before it answers. */
    public static final Deadlines CLIENT = new Deadlines(
            Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(2), 8 << 10);

    public Deadlines {
        requirePositive(connect, "connect");
        requirePositive(reply, "reply");
        requirePositive(idle, "idle");
        requirePositive(hedge, "hedge");
        if (slowestBytesPerSecond < 1) {
            throw new IllegalArgumentException("slowestBytesPerSecond is positive: " + slowestBytesPerSecond);
        }
    }

    /** {@return the deadline for an answer after {@code bytes} were sent that may still be under way} */
    public Duration replyAfter(long bytes) {
        return reply.plusMillis(bytes * 1000 / slowestBytesPerSecond);
    }

    private static void requirePositive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("deadline " + name + " is positive: " + duration);
        }
    }
}
