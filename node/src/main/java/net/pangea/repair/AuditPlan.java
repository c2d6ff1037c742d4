package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.PeerMessage.Probe;

/**
 * How much proof to ask of each peer: so many random blocks a day, whatever it holds, drawn from what it holds of the
 * objects looked at. One task at a time.
 */
final class AuditPlan {
    /** After a pause a peer is not flooded. */
    private static final int AT_ONCE_MAX = 32;

    private final long blockNanos;
    private final TreeMap<String, Long> paidUntilNanos = new TreeMap<>();

    AuditPlan(int blocksPerDay) {
        this.blockNanos = Duration.ofDays(1).toNanos() / blocksPerDay;
    }

    /**
     * {@return the probability that a peer which lost this share of its blocks is found out by so many random probes: 1 -
     * (1 - share)^blocks} With 300 blocks a day and a loss of 1 %: 0.951 within a day for one auditor, 0.9976 for two,
     * more than 1 - 10^-13 for the eleven others that hold an object of twelve columns. For 99 % by one alone it would
     * take 459 blocks a day, which are 7.5 MiB and proofs.
     */
    static double detection(double share, int blocks) {
        return 1 - StrictMath.pow(1 - share, blocks);
    }

    /** {@return how many blocks this peer is to be asked for now; they are counted as asked} */
    int due(String peer, long nowNanos) {
        long paidUntil = paidUntilNanos.getOrDefault(peer, nowNanos);
        long blocks = Math.min((nowNanos - paidUntil) / blockNanos, AT_ONCE_MAX);
        paidUntilNanos.put(peer, blocks == AT_ONCE_MAX ? nowNanos : paidUntil + blocks * blockNanos);
        return (int) blocks;
    }

    /**
     * {@return blocks to ask for, each drawn from all blocks of these segments with the same chance}
     *
     * @param blocksOf how many blocks a segment's shard has, at least one
     */
    static List<Probe> draw(Coverage segments, IntUnaryOperator blocksOf, int count, RandomStream random) {
        int places = segments.count();
        long[] before = new long[places + 1];
        for (int place = 0; place < places; place++) {
            before[place + 1] = before[place] + blocksOf.applyAsInt(segments.at(place));
        }
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long block = random.nextLong(before[places]);
            int place = Arrays.binarySearch(before, block);
            place = place >= 0 ? place : -place - 2;
            probes.add(new Probe(segments.at(place), (int) (block - before[place])));
        }
        return probes.stream().distinct().toList();
    }
}
