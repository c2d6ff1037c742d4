package net.pangea.bench;

import java.util.Locale;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * Full nodes with real Noise, in virtual time: how much faster than real time they run on the one thread that simulates, and
 * how much of the heap they take shortly before the end, while all that was open is open.
 */
final class FullBenchmark {
    /** Virtual time to processor time. */
    private static final double RATIO_WANTED = 100;

    /** Of a thousand nodes that keep so many connections each. */
    private static final double HEAP_WANTED_BYTES = 4.0 * (1L << 30);

    private static final int CONNECTIONS_WANTED = 40;

    private static final String SCENARIO = """
            pangea: 1
            story: Machines stay for an hour on average; every ten seconds one of them stores and one reads 256 KiB.
            for: SECONDSs
            machines:
              boot: {count: 3, link: datacentre}
              home: {count: HOMES, link: home}
            network:
              links:
                datacentre: {latency: uniform 1ms..3ms}
                home: {up: 20Mbit/s, down: 200Mbit/s, latency: uniform 5ms..30ms}
            node: {security: noise, connections: CONNECTIONS, shards: 8+4}
            workload:
              - {every: 10s, put: {as: photo, count: 1, size: 256KiB, from: home}}
              - {every: 10s, from: 15s, get: {of: photo, choose: uniform, from: home}}
            faults:
              - {churn: {who: home, stays: exponential 1h, away: exponential 5m}}
            survives: measure
            expect:
              always: [no-wrong-bytes]
            seeds: {from: 1, count: 1}
            """;

    private static final int BOOT = 3;

    private FullBenchmark() {}

    /** {@return whether no wrong bytes came back} */
    static boolean run(FullOptions options) throws InterruptedException {
        System.out.println(Environment.describe());
        String text = SCENARIO.replace("SECONDS", Long.toString(options.length().toSeconds()))
                .replace("HOMES", Integer.toString(options.nodes() - BOOT))
                .replace("CONNECTIONS", Integer.toString(options.connections()));
        Resolved scenario = new Language(PangeaVerbs.ALL.vocabulary())
                .read(text, "bench-full.yaml")
                .resolve(1);
        Experiment experiment = new Experiment(scenario, PangeaVerbs.ALL, Inputs.read(scenario));
        long before = Variant.liveHeapBytes();
        FullRun run = new FullRun(experiment, options.length());
        Findings findings = run.run();
        double ratio = options.length().toNanos() / (double) run.threadNanos();
        double heapBytes = run.heapBytes() - before;
        System.out.printf(
                Locale.ROOT,
                "%n%,d nodes for %,d s of virtual time: %,d events, %,d messages%n",
                options.nodes(),
                options.length().toSeconds(),
                run.events(),
                run.messages());
        line("processor seconds of the simulating thread", run.threadNanos() / 1e9, "");
        line("times faster than real time", ratio, options.nodes() == 100 ? wanted(ratio >= RATIO_WANTED, "100") : "");
        line(
                "MiB of heap",
                heapBytes / 0x1p20,
                options.nodes() == 1_000 && options.connections() <= CONNECTIONS_WANTED
                        ? wanted(heapBytes <= HEAP_WANTED_BYTES, "at most 4096")
                        : "");
        line("KiB of heap a node", heapBytes / 1024 / options.nodes(), "");
        line("ends of connections", run.connections(), "");
        line("KiB of heap an end, if they were all of it", heapBytes / 1024 / run.connections(), "");
        findings.checks()
                .forEach(check ->
                        System.out.println("  " + check.name() + ": " + check.verdict() + " " + check.detail()));
        return !findings.failed();
    }

    private static String wanted(boolean good, String least) {
        return least + " wanted: " + (good ? "PASS" : "short");
    }

    private static void line(String what, double value, String remark) {
        System.out.printf(Locale.ROOT, "  %-46s %10.1f   %s%n", what, value, remark);
    }
}
