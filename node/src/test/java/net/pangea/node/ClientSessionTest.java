package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.Keys;
import net.pangea.machine.Connection;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemMachine;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.node.NodeEvent.ConnectionRejected;
import net.pangea.object.ContentSink;
import net.pangea.object.FileDownload;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectFailure;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.PutReceipt;
import net.pangea.object.PutRequest;
import net.pangea.object.TestNetwork;
import net.pangea.protocol.ClientMessage.Changed;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;
import net.pangea.store.LogStore;
import net.pangea.store.MemoryStore;
import net.pangea.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client and its node over real sockets; the node's peers are in memory. */
@Timeout(60)
class ClientSessionTest {
    private static final int SEGMENT = 10_000;
    private static final byte[] CONTENT = TestNetwork.content(5 * SEGMENT + 123);

    @TempDir
    private Path folder;

    private final TestNetwork network = new TestNetwork(6);
    private final MemoryStore store = new MemoryStore();
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Endpoint> node = new AtomicReference<>();
    private SystemMachine machine;
    private SystemMachine clientMachine;
    private ObjectClient client;

    @BeforeEach
    void start() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        machine = SystemMachine.start("p0", folder.resolve("node"), events::add);
        Thread _ = Thread.ofVirtual().start(() -> {
            try {
                machine.run("node", () -> {
                    serve(started);
                    return machine;
                });
            } catch (InterruptedException e) {
                return; // stopped
            }
        });
        started.await();
        clientMachine = SystemMachine.start("client", folder.resolve("client"), _ -> {});
        client = new ObjectClient(clientMachine);
    }

    private void serve(CountDownLatch started) throws InterruptedException {
        Endpoint any = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
        Keys keys = Keys.draw(machine.secrets());
        try (LogStore log = LogStore.open(machine, StoreSettings.DEFAULT);
                Listener listener = machine.network().listen(any);
                Scope tasks = machine.tasks().open("node");
                NodeServices alone = NodeServices.of(NodeConfig.of(any, any, List.of()), keys, log, machine, tasks)) {
            node.set(listener.local());
            started.countDown();
            var _ = tasks.start("join", () -> {
                alone.joining().run();
                return alone;
            });
            Node.serve(listener, tasks, withPeers(alone));
        }
    }

    /** Does for its user as one of the network in memory does. */
    private NodeServices withPeers(NodeServices alone) {
        return new NodeServices(
                network.services(machine, new Redundancy(4, 2, 5), SEGMENT, store, TestNetwork.master(1)),
                alone.holder(),
                alone.repair(),
                alone.flock(),
                alone.host(),
                alone.dht(),
                alone.members(),
                alone.side(),
                alone.joining(),
                alone.announcer(),
                alone.links(),
                alone.arrivals(),
                store,
                new Semaphore(2),
                alone.clock(),
                alone.events(),
                alone.faults(),
                alone.deadlines());
    }

    @AfterEach
    void stop() {
        clientMachine.close();
        machine.close();
    }

    @Test
    void what_is_put_is_got_as_a_whole_and_in_ranges() throws InterruptedException {
        PutReceipt receipt = client.put(at(), "photos/cat.jpg", CONTENT);
        PutReceipt empty = client.put(at(), "", new byte[0]);

        assertThat(receipt).isEqualTo(new PutReceipt(receipt.ref(), 6, 6, 6, 2, 6, 2, 0));
        assertThat(client.get(at(), receipt.ref())).isEqualTo(CONTENT);
        assertThat(client.get(at(), empty.ref())).isEmpty();
        Collected range = new Collected();
        client.get(at(), receipt.ref(), new Range(SEGMENT - 5, 2 * SEGMENT), range);
        assertThat(range.content.toByteArray()).isEqualTo(Arrays.copyOfRange(CONTENT, SEGMENT - 5, 3 * SEGMENT - 5));
        assertThat(range.header).get().satisfies(header -> {
            assertThat(header.name()).isEqualTo("photos/cat.jpg");
            assertThat(header.content()).isEqualTo(Sha256.of(Bytes.wrap(CONTENT)));
        });
    }

    private static final class Collected implements ContentSink {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private Optional<Header> header = Optional.empty();

        @Override
        public void begin(Header found, int segmentBytes, long length) {
            header = Optional.of(found);
        }

        @Override
        public void content(Bytes bytes) {
            content.writeBytes(bytes.toArray());
        }
    }

    @Test
    void everything_an_owner_does_works_over_the_network() throws InterruptedException {
        ObjectRef ref = client.put(at(), "notes.txt", CONTENT).ref();
        ObjectRef other = client.put(at(), "other.txt", CONTENT).ref();

        List<CatalogueEntry> found = client.list(at(), "*.txt");
        assertThat(found).extracting(CatalogueEntry::ref).containsExactlyInAnyOrder(ref, other);
        assertThat(client.info(at(), ref).margin()).isEqualTo(2);
        assertThat(client.pin(at(), ref.id(), true).entry().pinned()).isTrue();
        Changed renewed = client.renew(at(), ref.id(), Duration.ofDays(90));
        assertThat(renewed.entry().leaseSequence()).isEqualTo(3);
        assertThat(renewed.peersTold()).isEqualTo(6);
        assertThat(client.delete(at(), other.id()).entry().deleted()).isTrue();
        assertThat(client.list(at(), "")).hasSize(1);
        assertThat(client.publish(at())).isEqualTo(new Published(1, 2, 20));
        assertThat(client.restore(at())).isEqualTo(new Restored(1, 2, 0));
        Status status = client.status(at());
        assertThat(status.name()).isEqualTo("p0");
        assertThat(status.ownObjects()).isEqualTo(1);
        assertThat(status.catalogueSequence()).isEqualTo(1);
        assertThat(status.catalogueDirty()).isFalse();
        assertFails(Kind.DELETED, () -> client.get(at(), other));
        assertFails(Kind.BAD_REPLY, () -> client.renew(at(), ref.id(), Duration.ZERO));
    }

    @Test
    void a_put_whose_source_fails_is_resumed_and_no_segment_is_sent_twice_to_the_peers() throws InterruptedException {
        PutRequest request = new PutRequest("big", "", CONTENT.length, false, TestNetwork.token(7));
        int[] asked = {0};
        var source = TestNetwork.source(CONTENT);

        assertFails(
                Kind.UNREADABLE_SOURCE,
                () -> client.put(at(), request, size -> asked[0]++ == 5 ? Bytes.EMPTY : source.next(size)));
        PutReceipt receipt = client.put(at(), request, TestNetwork.source(CONTENT));

        assertThat(receipt.segmentsResumed()).isBetween(1, 5);
        assertThat(client.get(at(), receipt.ref())).isEqualTo(CONTENT);
    }

    @Test
    void a_download_appears_only_when_it_is_complete_and_resumes_where_it_was_cut() throws InterruptedException {
        ObjectRef ref = client.put(at(), "big", CONTENT).ref();
        Disk disk = clientMachine.disk();
        FileDownload download = new FileDownload(client, disk, (_, _) -> {});
        network.holders().subList(0, 3).forEach(holder -> holder.dead = true);

        assertFails(Kind.NOT_ENOUGH_SHARDS, () -> download.get(at(), ref, "copy"));
        assertThat(disk.typeOf("copy")).isEqualTo(Disk.Type.NOTHING);

        network.holders().forEach(holder -> holder.dead = false);
        String part = "copy." + ref.id().hex().substring(0, 16) + ".part";
        write(disk, part, Arrays.copyOf(CONTENT, 2 * SEGMENT + 77));
        assertThat(download.get(at(), ref, "copy")).isEqualTo(2 * SEGMENT);
        assertThat(read(disk, "copy")).isEqualTo(CONTENT);
        assertThat(disk.typeOf(part)).isEqualTo(Disk.Type.NOTHING);

        byte[] changed = Arrays.copyOf(CONTENT, 3 * SEGMENT);
        changed[5] ^= 1;
        write(disk, part, changed);
        assertFails(Kind.DAMAGED_OBJECT, () -> download.get(at(), ref, "copy"));
        assertThat(read(disk, "copy")).isEqualTo(CONTENT);
        assertThat(download.get(at(), ref, "copy")).isZero();
        assertFails(Kind.UNWRITABLE_DESTINATION, () -> download.get(at(), ref, "no-folder/copy"));
    }

    private static void write(Disk disk, String path, byte[] content) {
        try (DiskFile file = disk.open(path, Disk.Mode.CREATE)) {
            file.truncate(0);
            file.write(0, ByteBuffer.wrap(content));
        }
    }

    private static byte[] read(Disk disk, String path) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            int read = file.read(0, content);
            return Arrays.copyOf(content.array(), read);
        }
    }

    @Test
    void a_client_that_goes_away_in_the_middle_of_a_put_leaves_room_for_others() throws InterruptedException {
        for (int i = 0; i < 4; i++) { // more than there are permits
            assertThatThrownBy(() -> client.put(at(), PutRequest.of("gone", CONTENT.length), _ -> {
                        throw new IllegalStateException("the client dies");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(client.get(at(), client.put(at(), "name", CONTENT).ref())).isEqualTo(CONTENT);
    }

    @Test
    void nonsense_ends_its_own_connection_only() throws InterruptedException {
        try (Connection connection = clientMachine.network().connect(at())) {
            connection.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertThatThrownBy(() -> {
                        int read = 0;
                        while (read >= 0) {
                            read = connection.read(ByteBuffer.allocate(10));
                        }
                        throw new IllegalStateException("reset by its end");
                    })
                    .hasMessageContaining("reset");
        }

        assertThat(client.list(at(), "")).isEmpty();
        machine.close(); // and so waits until it has said everything
        assertThat(events).anyMatch(event -> event instanceof ConnectionRejected);
    }

    @Test
    void a_node_that_is_not_there_is_named() {
        machine.close();

        assertFails(Kind.NODE_UNREACHABLE, () -> client.list(at(), ""));
    }

    private Endpoint at() {
        return node.get();
    }

    private interface Action {
        Object run() throws InterruptedException;
    }

    private static void assertFails(Kind kind, Action action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
