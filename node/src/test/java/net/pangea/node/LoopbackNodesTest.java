package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.holding.HoldingEvent.ShardRejected;
import net.pangea.holding.HoldingEvent.ShardStored;
import net.pangea.keys.DataKey;
import net.pangea.libp2p.HostEvent.ConnectionOpened;
import net.pangea.machine.Connection;
import net.pangea.machine.Disk;
import net.pangea.machine.RandomStream;
import net.pangea.machine.system.SystemMachine;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.node.LoopbackCluster.Seen;
import net.pangea.node.LoopbackPlace.Way;
import net.pangea.node.NodeEvent.ConnectionRejected;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectEvent.ObjectFetched;
import net.pangea.object.ObjectFailure;
import net.pangea.object.PutReceipt;
import net.pangea.protocol.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes on real sockets and files. What depends on chance and time is the simulator's to test. */
@Timeout(60)
class LoopbackNodesTest {
    private static final String NAME = "photos/cat.jpg";

    @TempDir
    private Path folder;

    private SystemMachine clientMachine;
    private ObjectClient client;

    @BeforeEach
    void start_the_client() {
        clientMachine = SystemMachine.start("client", folder.resolve("client"), _ -> {});
        client = new ObjectClient(clientMachine);
    }

    @AfterEach
    void stop_the_client() {
        clientMachine.close();
    }

    @Test
    void a_file_comes_back_after_any_four_of_twelve_holders_are_gone() throws IOException, InterruptedException {
        byte[] content = content(3 * Limits.SEGMENT_BYTES + 12_345);
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 12, Redundancy.DEFAULT)) {
            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content);

            assertThat(receipt).isEqualTo(new PutReceipt(receipt.ref(), 12, 12, 12, 4, 1, 0, 0));
            assertThat(holders(cluster, receipt.ref())).containsExactlyInAnyOrderElementsOf(cluster.names());
            for (String name : List.of("node0", "node3", "node7", "node11")) {
                cluster.stop(name);
            }
            assertThat(client.get(cluster.endpoint("node5"), receipt.ref())).isEqualTo(content);

            cluster.stop("node4");
            assertFails(ObjectFailure.Kind.NOT_ENOUGH_SHARDS, cluster, receipt.ref());

            cluster.start("node4");
            assertThat(client.get(cluster.endpoint("node5"), receipt.ref())).isEqualTo(content);
        }
    }

    /** Some can only be reached over TCP, some only over QUIC, and each has to find a way to all. */
    @Test
    void nodes_that_speak_tcp_or_quic_or_both_store_for_each_other() throws IOException, InterruptedException {
        byte[] content = content(Limits.SEGMENT_BYTES + 12_345);
        List<LoopbackPlace> places = LoopbackPlace.free(9, List.of(Way.TCP, Way.QUIC, Way.BOTH));
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, new Redundancy(6, 3, 9), places)) {
            for (int putter = 0; putter < 3; putter++) {
                PutReceipt receipt = client.put(cluster.endpoint("node" + putter), NAME, content);

                assertThat(holders(cluster, receipt.ref())).containsExactlyInAnyOrderElementsOf(cluster.names());
                for (int getter = 3; getter < 6; getter++) {
                    assertThat(client.get(cluster.endpoint("node" + getter), receipt.ref()))
                            .isEqualTo(content);
                }
            }
            assertThat(ways(cluster, "node3")).contains("tcp", "quic-v1");
            assertThat(ways(cluster, "node4")).contains("tcp", "quic-v1");
            // Who was stopped is dialed again, with what is remembered.
            for (String name : List.of("node1", "node4")) {
                cluster.stop(name);
                cluster.start(name);
            }
            PutReceipt receipt = client.put(cluster.endpoint("node1"), NAME, content);
            assertThat(receipt.peers()).isEqualTo(9);
            assertThat(client.get(cluster.endpoint("node3"), receipt.ref())).isEqualTo(content);
        }
    }

    /** {@return what the connections that a node has dialed go over} */
    private static Set<String> ways(LoopbackCluster cluster, String node) {
        return cluster.events().stream()
                .filter(seen -> seen.machine().equals(node))
                .flatMap(seen -> seen.event() instanceof ConnectionOpened opened && opened.dialed()
                        ? Stream.of(opened.remote().contains("/quic-v1") ? "quic-v1" : "tcp")
                        : Stream.of())
                .collect(Collectors.toSet());
    }

    @Test
    void rotten_shards_are_named_and_not_used() throws IOException, InterruptedException {
        byte[] content = content(100_000);
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 12, Redundancy.DEFAULT)) {
            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content);
            for (String name : List.of("node1", "node2", "node3", "node4")) {
                rot(cluster.folder(name).resolve("store"));
            }

            for (String name : cluster.names()) {
                assertThat(client.get(cluster.endpoint(name), receipt.ref())).isEqualTo(content);
            }
            assertThat(cluster.events().stream()
                            .map(Seen::event)
                            .filter(ShardRejected.class::isInstance)
                            .map(ShardRejected.class::cast))
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        assertThat(event.object()).isEqualTo(receipt.ref().id().hex());
                        assertThat(cluster.nameOf(event.peer())).isIn("node1", "node2", "node3", "node4");
                    });
        }
    }

    @Test
    void spares_take_over_for_peers_that_are_gone() throws IOException, InterruptedException {
        byte[] content = content(Limits.SEGMENT_BYTES + 1);
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 16, Redundancy.DEFAULT)) {
            for (String name : List.of("node1", "node2", "node3", "node4")) {
                cluster.stop(name);
            }
            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content);

            assertThat(receipt.columnsStored()).isEqualTo(12);
            for (String name : List.of("node5", "node6", "node7", "node8")) {
                cluster.stop(name);
            }
            assertThat(client.get(cluster.endpoint("node0"), receipt.ref())).isEqualTo(content);
        }
    }

    @Test
    void too_few_peers_acknowledge_nothing() throws IOException, InterruptedException {
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 12, Redundancy.DEFAULT)) {
            for (String name : List.of("node1", "node2", "node3")) {
                cluster.stop(name);
            }

            assertThatThrownBy(() -> client.put(cluster.endpoint("node0"), NAME, content(10)))
                    .isInstanceOfSatisfying(ObjectFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(ObjectFailure.Kind.NOT_ENOUGH_PEERS);
                        assertThat(failure).hasMessageStartingWith("9 of 12 columns could be stored, 10 are needed");
                    });
            assertThat(cluster.events()).noneMatch(seen -> seen.event() instanceof ShardStored);
        }
    }

    @Test
    void fewer_peers_than_columns_hold_several_each_and_the_receipt_says_so() throws IOException, InterruptedException {
        byte[] empty = {};
        byte[] content = content(70_000);
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 3, new Redundancy(4, 2, 6))) {
            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content);
            PutReceipt ofEmpty = client.put(cluster.endpoint("node1"), "", empty);

            assertThat(receipt).isEqualTo(new PutReceipt(receipt.ref(), 6, 6, 3, 1, 1, 0, 0));
            cluster.stop("node1");
            assertThat(client.get(cluster.endpoint("node2"), receipt.ref())).isEqualTo(content);
            assertThat(client.get(cluster.endpoint("node2"), ofEmpty.ref())).isEmpty();
            cluster.stop("node2"); // and so waits until it has said everything
            assertThat(cluster.events())
                    .anyMatch(seen -> seen.event() instanceof ObjectFetched fetched && fetched.sizeBytes() == 0);
        }
    }

    @Test
    void what_cannot_be_had_is_named() throws IOException, InterruptedException {
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 3, new Redundancy(2, 1, 3))) {
            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content(10));
            DataKey otherKey = new DataKey(Sha256.of(Bytes.EMPTY).bytes());
            Sha256 otherId = Sha256.of(Bytes.EMPTY);

            assertFails(
                    ObjectFailure.Kind.WRONG_KEY,
                    cluster,
                    new ObjectRef(receipt.ref().id(), receipt.ref().placementKey(), otherKey));
            assertFails(
                    ObjectFailure.Kind.UNKNOWN_OBJECT,
                    cluster,
                    new ObjectRef(
                            otherId, receipt.ref().placementKey(), receipt.ref().key()));
            assertThatThrownBy(() -> client.put(cluster.endpoint("node0"), "n".repeat(1_024), content(10)))
                    .isInstanceOfSatisfying(
                            ObjectFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ObjectFailure.Kind.TOO_LARGE));
            cluster.stop("node1");
            assertThatThrownBy(() -> client.get(cluster.endpoint("node1"), receipt.ref()))
                    .isInstanceOfSatisfying(
                            ObjectFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ObjectFailure.Kind.NODE_UNREACHABLE));
        }
    }

    @Test
    void nonsense_ends_its_own_connection_only() throws IOException, InterruptedException {
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, 3, new Redundancy(2, 1, 3))) {
            try (Connection connection = clientMachine.network().connect(cluster.endpoint("node0"))) {
                connection.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                assertThatThrownBy(() -> readToEnd(connection)).hasMessageContaining("reset");
            }

            PutReceipt receipt = client.put(cluster.endpoint("node0"), NAME, content(10));
            assertThat(client.get(cluster.endpoint("node1"), receipt.ref())).hasSize(10);
            cluster.stop("node0"); // and so waits until it has said everything
            assertThat(cluster.events())
                    .anyMatch(seen -> seen.event() instanceof ConnectionRejected rejected
                            && rejected.reason().startsWith("begins with 47455420"));
        }
    }

    private static void readToEnd(Connection connection) throws InterruptedException {
        int read = 0;
        while (read >= 0) {
            read = connection.read(ByteBuffer.allocate(10));
        }
        throw new IllegalStateException("reset by its end");
    }

    private void assertFails(ObjectFailure.Kind kind, LoopbackCluster cluster, ObjectRef ref) {
        assertThatThrownBy(() -> client.get(cluster.endpoint("node2"), ref))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static List<String> holders(LoopbackCluster cluster, ObjectRef ref) {
        return cluster.events().stream()
                .filter(seen -> seen.event() instanceof ShardStored stored
                        && stored.object().equals(ref.id().hex())
                        && stored.segment() == 0)
                .map(Seen::machine)
                .toList();
    }

    /** Flips a bit in every sector of every log file but its first. */
    private static void rot(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = Disk.SECTOR_BYTES + 1_000; at < bytes.length; at += Disk.SECTOR_BYTES) {
                    bytes[at] ^= 4;
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    int _ = channel.write(ByteBuffer.wrap(bytes), 0);
                }
            }
        }
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        RandomStream.of(1, "content").fill(content);
        return content;
    }
}
