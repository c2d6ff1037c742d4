package net.pangea.bench;

import java.util.Arrays;

/** The benchmarks from the command line. */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    private static final String HELP = """
            ./pangea bench engine [--nodes N,N,...] [--rounds N]
                the simulator beside the bare core: messages per processor second, heap per node
                --nodes   numbers of nodes, 2 to 1,000,000 each (1000,10000,100000)
                --rounds  runs of each variant, interleaved, a new JVM each (3)
            ./pangea bench run reference|product|deadlines N
                one run of N nodes in this JVM, to look at with a profiler; prints events, messages, nanoseconds
                of the simulating thread and of the process, bytes of heap and the trace hash
            ./pangea bench ces [--rounds N] [--vector-bits N]
                coding of 1 MiB beside libzstd, libsodium and ISA-L; exit code 1 if coding with vectors is not at
                least twice as fast as without
                --rounds       how often each variant is timed, in turns (21)
                --vector-bits  128, 256 or 512, or 0 for none (what this computer declares)
            ./pangea bench store [--folder DIR] [--rounds N] [--mebibytes N]
                the store on the disk of a folder: durable writes beside one fsync per write, reads, opening; exit
                code 1 if group commit is not at least five times as fast
                --folder     where it makes its files, and deletes them (the current folder)
                --rounds     how often each way is timed, in turns (7)
                --mebibytes  size of the store that is read and opened (1024)
            ./pangea bench stream [--size SIZE] [--folder DIR]
                one object of that size through twelve nodes and back: speed, and the peak heap of the JVM of 256 MiB
                that puts and gets it; exit code 1 if other bytes come back
                --size    for instance 512MiB (5GiB); one and a half times that and 2.3 GiB are needed on the disk
                --folder  where the nodes get their folders, which are deleted at the end (the system's for such)
            ./pangea bench wire [--rounds N]
                two libp2p hosts over loopback, with Noise and with TLS over TCP and with QUIC: ping round trips, and
                one stream of 1 GiB, of 256 MiB with QUIC, in turns with Netty's codec alone; exit code 1 if Noise is
                slower than 3,100 pings a second, 160 us or 2 Gbit/s, or QUIC than 0.8 of the codec
                --rounds  how often each is timed, after one to warm up (5)
            ./pangea bench announce [--objects N,N,...] [--peers N] [--stay TIME]
                messages by which a node that holds parts of so many objects says so in the DHT, per object and day, in
                virtual time; exit code 1 if what was announced is not found although everybody stays
                --objects  numbers of objects, 3 to 1,000,000 each (1000,10000,100000)
                --peers    of the network (100)
                --stay     how long the other peers stay on average, for instance 1h, 0 for ever (both, one after the
                           other)
            ./pangea bench full [--nodes N] [--connections N] [--for TIME]
                whole nodes with real Noise in virtual time, one put and one get of 256 KiB every 10 s, a mean stay of
                one hour: times faster than real time on one core, heap per node and connection; exit code 1 if wrong
                bytes came back
                --nodes        of the network, 12 to 10,000 (100)
                --connections  to other nodes that each keeps (128, as a node does)
                --for          length of the scenario, 1m to 7d (30m)
            ./pangea bench idle [--connections N]
                so many connections, open and idle, at one libp2p host in a JVM of 1 GiB of heap: bytes of each; exit
                code 1 if not all are open at a time, or one of 100 pings over them is not answered
                --connections  100 to 30,000 (10000); ulimit -n has to allow 500 more
            ./pangea bench jmh [pattern] [JMH arguments]
                benchmarks of the parts; ./pangea bench jmh -l lists them
            """;

    private Main() {}

    public static void main(String... arguments) throws Exception {
        String verb = arguments.length == 0 ? "help" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (verb) {
                case "engine" -> EngineBenchmark.run(EngineOptions.parse(rest));
                case "ces" -> {
                    if (!CesComparison.run(CesOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "stream" -> {
                    if (!StreamBenchmark.run(StreamOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "store" -> {
                    if (!StoreBenchmark.run(StoreOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "wire" -> {
                    if (!WireBenchmark.run(WireBenchmark.rounds(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "announce" -> {
                    if (!AnnounceBenchmark.run(AnnounceOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "full" -> {
                    if (!FullBenchmark.run(FullOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "idle" -> {
                    if (!IdleBenchmark.run(IdleOptions.parse(rest))) {
                        System.exit(FAILED);
                    }
                }
                case "run" -> runOnce(rest);
                case "jmh" -> org.openjdk.jmh.Main.main(rest);
                case "help", "--help", "-h" -> System.out.print(HELP);
                default ->
                    throw new BadInput("unknown verb '" + verb
                            + "': engine, ces, store, stream, wire, announce, full, idle, run, jmh or help");
            }
        } catch (BadInput e) {
            System.err.println("pangea bench: " + e.getMessage());
            System.exit(BAD_INPUT);
        }
    }

    private static void runOnce(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            throw new BadInput("run takes a variant and a number of nodes: run product 1000");
        }
        Variant variant = Variant.of(arguments[0])
                .orElseThrow(
                        () -> new BadInput("unknown variant '" + arguments[0] + "': reference, product or deadlines"));
        System.out.println(variant.run(EngineOptions.nodes(arguments[1])).line());
    }
}
