package net.pangea.sim.jqwik;

import java.util.Locale;

/**
 * Something that goes wrong.
 *
 * @param aim which machines, of those that a group or a file has
 * @param group the number of the group
 * @param machines how many at most
 * @param begins in seconds after faults may begin; taken into the time that they may go on
 * @param seconds how long it lasts
 * @param strength from 1 to 100, of which each kind makes its own: a share, a delay
 * @param again how often it happens
 */
record Trouble(Kind kind, Aim aim, int group, int machines, int begins, int seconds, int strength, int again) {
    private static final int BETWEEN = 7;

    /** Which machines. */
    enum Aim {
        SOME,
        ONE,
        HOLDERS
    }

    /**
     * What it is. In the patterns stand the machines, how long it lasts, its strength and a tenth of that.
     *
     * @see Kind#takesShards
     */
    enum Kind {
        CRASH(true, "crash: {who: %1$s, for: %2$ds}"),
        CUT_POWER(true, "crash: {who: %1$s, power: true, for: %2$ds}"),
        LEAVE(true, "leave: {who: %1$s, for: %2$ds}"),
        RESTART(false, "restart: {who: %1$s}"),
        LOSE_DISK(true, "restart: {who: %1$s, disk: lost}"),
        DESTROY(true, "destroy: {who: %1$s}"),
        PAUSE(true, "pause: {who: %1$s, for: %2$ds}"),
        ISOLATE(true, "isolate: {who: %1$s, for: %2$ds}"),
        PARTITION(true, "partition: {who: %1$s, for: %2$ds}"),
        PARTITION_ONE_WAY(true, "partition: {who: %1$s, one-way: true, for: %2$ds}"),
        CLOG(true, "clog: {who: %1$s, for: %2$ds}"),
        SWIZZLE(true, "swizzle: {who: %1$s, for: %2$ds}"),
        RESET(false, "reset-connections: {who: %1$s}"),
        SLOW(false, "slow: {who: %1$s, latency: %3$dms, for: %2$ds}"),
        LOSSY(false, "lossy: {who: %1$s, loss: %3$d%%, for: %2$ds}"),
        REORDER(false, "reorder: {who: %1$s, share: %3$d%%, for: %2$ds}"),
        DUPLICATE(false, "duplicate: {who: %1$s, share: %3$d%%, for: %2$ds}"),
        DAMAGE(false, "corrupt-packets: {who: %1$s, share: %4$d%%, for: %2$ds}"),
        THROTTLE(false, "throttle: {who: %1$s, up: %3$dkbit/s, for: %2$ds}"),
        SHRINK_MTU(true, "shrink-mtu: {who: %1$s, mtu: 1400B, for: %2$ds}"),
        FIREWALL(false, "firewall: {who: %1$s, add: deny inbound tcp+udp 4002, for: %2$ds}"),
        FLUSH(false, "flush-tracking: {who: %1$s}"),
        BLOCK_PORT(true, "block-port: {who: %1$s, for: %2$ds}"),
        SLOW_CPU(false, "slow-cpu: {who: %1$s, delay: %4$dms, for: %2$ds}"),
        JUMP(false, "clock: {who: %1$s, jump: -%3$ds}"),
        DRIFT(false, "clock: {who: %1$s, drift: %3$dppm}"),
        ROT(true, "rot: {who: %1$s, sectors: %3$d}"),
        SLOW_DISK(false, "slow-disk: {who: %1$s, latency: %3$dms, for: %2$ds}"),
        FILL_DISK(false, "fill-disk: {who: %1$s, for: %2$ds}"),
        LOSE_SYNC(true, "lose-sync: {who: %1$s, for: %2$ds}"),
        FAIL_DISK(true, "io-error: {who: %1$s, share: %4$d%%, for: %2$ds}"),
        MISDIRECT(true, "misdirect: {who: %1$s, share: %4$d%%, for: %2$ds}"),
        FAULT_POINTS(false, "fault-points: {who: %1$s, armed: %3$d%%, fire: 1%%, for: %2$ds}");

        private final boolean takesShards;
        private final String pattern;

        Kind(boolean takesShards, String pattern) {
            this.takesShards = takesShards;
            this.pattern = pattern;
        }
    }

    String write(Draft.Frame frame) {
        int last = frame.heal() - 1;
        int at = Math.min(Draft.FAULTS_FROM + begins, last);
        String when = again == 1 ? "at: " + at + "s" : "every: " + BETWEEN + "s, from: " + at + "s, times: " + again;
        return when + ", "
                + String.format(Locale.ROOT, kind.pattern, who(frame), seconds, strength, Math.ceilDiv(strength, 10));
    }

    private String who(Draft.Frame frame) {
        int most = kind.takesShards ? Math.min(machines, frame.budget()) : machines;
        return switch (aim) {
            case SOME -> Math.min(most, frame.count(group)) + " of " + frame.group(group);
            case ONE -> frame.group(group) + "/" + machines % frame.count(group);
            case HOLDERS -> Math.min(most, frame.budget()) + " of holders-of " + Draft.FIRST;
        };
    }
}
