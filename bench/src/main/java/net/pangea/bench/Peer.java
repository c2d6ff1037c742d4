package net.pangea.bench;

import java.util.List;
import java.util.Locale;

/**
 * Another simulator's speed at workload W1, measured once on one computer; docs/benchmarks.md says how.
 *
 * @param speeds thousands of messages per processor second at each number of {@link #NODES}; 0 if unknown
 */
record Peer(String name, List<Double> speeds) {
    static final List<Integer> NODES = List.of(10, 1_000, 10_000, 100_000);

    static final List<Peer> ALL = List.of(
            new Peer("PeerSim (callbacks)", List.of(7_690.0, 4_030.0, 2_880.0, 1_500.0)),
            new Peer("madsim 0.2.34 (async)", List.of(916.0, 642.0, 299.0, 112.0)),
            new Peer("SimGrid 3.32 (direct style)", List.of(298.0, 137.0, 39.0, 0.0)),
            new Peer("ns-3 3.37 (callbacks, whole IP)", List.of(165.0, 85.0, 55.0, 0.0)),
            new Peer("turmoil 0.5.8 (async)", List.of(2.7, 0.0, 0.0, 0.0)));

    Peer {
        speeds = List.copyOf(speeds);
    }

    /** {@return its speed with so many nodes, or a dash} */
    String speed(int nodes) {
        int column = NODES.indexOf(nodes);
        double speed = column < 0 ? 0 : speeds.get(column);
        return speed == 0 ? "-" : String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%,.0f", speed);
    }
}
