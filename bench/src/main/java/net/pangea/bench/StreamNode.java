package net.pangea.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import net.pangea.bytes.Bytes;
import net.pangea.ces.Suite;
import net.pangea.machine.Endpoint;
import net.pangea.machine.system.SystemMachine;
import net.pangea.manifest.Header;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent.NodeJoined;
import net.pangea.object.ContentSink;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectFailure;
import net.pangea.object.PutReceipt;
import net.pangea.object.PutRequest;
import net.pangea.sim.cluster.Member;

/**
 * The JVM that puts and gets: one node and its client, which speak over a socket as ever. Prints speed, and the most that
 * the heap has held by the end of the put and of both.
 */
final class StreamNode {
    private static final Path STATUS = Path.of("/proc/self/status");

    private StreamNode() {}

    /** Takes the folder, the size in bytes, and all nodes as {@link StreamPlaces} writes them, of which the first is this one. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        long sizeBytes = Long.parseLong(arguments[1]);
        List<Member> members = StreamPlaces.parse(arguments[2]);
        Member self = members.getFirst();
        NodeConfig config = NodeConfig.of(self.endpoint(), self.endpoint(), StreamPlaces.bootstrap(members))
                .listeningAt(List.of(self.p2p()))
                .keyed(StreamPlaces.keys(self));
        CountDownLatch joined = new CountDownLatch(1);
        try (SystemMachine machine = SystemMachine.start(self.name(), folder.resolve(self.name()), event -> {
                    if (event instanceof NodeJoined(long peers) && peers == members.size() - 1) {
                        joined.countDown();
                    }
                });
                SystemMachine user = SystemMachine.start("user", folder.resolve("user"), _ -> {})) {
            Suite.fastestOn(machine.capabilities()).warmUp();
            Thread _ = Thread.ofVirtual().start(() -> serve(machine, config));
            joined.await();
            boolean same = thereAndBack(new ObjectClient(user), self.endpoint(), sizeBytes);
            System.out.println(same ? "the same bytes came back" : "OTHER BYTES CAME BACK");
            if (!same) {
                System.exit(1);
            }
        } catch (ObjectFailure e) {
            System.err.println("pangea bench: " + e.kind() + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(SystemMachine machine, NodeConfig config) {
        try {
            machine.run("node", () -> {
                Node.run(config, machine);
                return machine;
            });
        } catch (InterruptedException e) {
            return; // all is done
        }
    }

    private static boolean thereAndBack(ObjectClient client, Endpoint node, long sizeBytes)
            throws IOException, InterruptedException {
        StreamContent content = new StreamContent();
        long begin = System.nanoTime();
        PutReceipt receipt = client.put(node, PutRequest.of("stream", sizeBytes), content);
        print("put", sizeBytes, System.nanoTime() - begin);
        System.out.println("           " + receipt.columnsStored() + " of " + receipt.columns() + " columns on "
                + receipt.peers() + " peers, any " + receipt.peersMayBeLost() + " may be lost");
        Received received = new Received();
        begin = System.nanoTime();
        client.get(node, receipt.ref(), Range.WHOLE, received);
        print("get", sizeBytes, System.nanoTime() - begin);
        return received.sizeBytes == sizeBytes
                && HexFormat.of().formatHex(received.digest.digest()).equals(content.hash());
    }

    private static void print(String what, long sizeBytes, long nanos) throws IOException {
        double seconds = nanos / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "%-10s %d bytes in %.1f s, %.1f MB/s; heap so far at most %.1f of %.1f MiB%s",
                what,
                sizeBytes,
                seconds,
                sizeBytes / 1e6 / seconds,
                peakHeapBytes() / 0x1p20,
                Runtime.getRuntime().maxMemory() / 0x1p20,
                residentPeak()));
    }

    /** Of each part of the heap the most that it held, whenever that was: never too little. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static String residentPeak() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return "";
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line ->
                            ", process " + line.substring("VmHWM:".length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Takes what comes and keeps its hash. */
    private static final class Received implements ContentSink {
        private final MessageDigest digest = StreamContent.sha256();
        private long sizeBytes;

        @Override
        public void begin(Header header, int segmentBytes, long length) {}

        @Override
        public void content(Bytes bytes) {
            digest.update(bytes.asBuffer());
            sizeBytes += bytes.size();
        }
    }
}
