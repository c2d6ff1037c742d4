package net.pangea.sim.network.device;

import java.time.Duration;

/**
 * After how long without a packet a device forgets a flow, in nanoseconds.
 *
 * @param opening of TCP, before the other side has answered
 * @param open of TCP
 * @param closing of TCP, once a side has ended its output
 * @param reset of TCP, once it was reset
 * @param asked of UDP, before the other side has answered
 * @param answered of UDP
 */
record Timeouts(long opening, long open, long closing, long reset, long asked, long answered) {

    /**
     * Those of Linux: nf_conntrack_tcp_timeout_syn_sent, _established, _time_wait and _close, nf_conntrack_udp_timeout and
     * nf_conntrack_udp_timeout_stream (Documentation/networking/nf_conntrack-sysctl.rst).
     */
    static final Timeouts LINUX =
            new Timeouts(seconds(120), seconds(432_000), seconds(120), seconds(10), seconds(30), seconds(120));

    /**
     * The least that a NAT box may have: of TCP two hours and four minutes, and four minutes while it opens or closes (RFC 5382,
     * REQ-5); of UDP two minutes (RFC 4787, REQ-5). What was reset may be forgotten at once; as Linux, it is kept for ten seconds.
     */
    static final Timeouts RFC =
            new Timeouts(seconds(240), seconds(7_440), seconds(240), seconds(10), seconds(120), seconds(120));

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    long longest(Protocol protocol) {
        return switch (protocol) {
            case TCP -> open;
            case UDP -> answered;
        };
    }
}
