package net.pangea.object;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Header;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.object.GetService.Range;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.ProtocolFailure;
import net.pangea.store.MemoryStore;

/** Holders in memory that nodes of this process can ask, each in a failure domain of its own. */
public final class TestNetwork implements PeerCaller {
    private final Map<String, FakeHolder> holders = new LinkedHashMap<>();
    private final List<Peer> peers = new ArrayList<>();
    private final FakeDirectory directory = new FakeDirectory();

    public TestNetwork(int count) {
        for (int i = 0; i < count; i++) {
            String name = "p" + i;
            holders.put(name, new FakeHolder());
            peers.add(new Peer(name, new Endpoint(IpAddress.of(10, i, 0, 1), 4001)));
        }
    }

    /** Everybody but the first, and nobody else to be met. */
    private Membership membership() {
        return new Membership() {
            @Override
            public List<Peer> others() {
                return peers.subList(1, peers.size());
            }

            @Override
            public void meet(Sha256 placementKey) {}

            @Override
            public List<Peer> providers(Sha256 object) {
                return List.of();
            }
        };
    }

    FakeHolder holder(String name) {
        FakeHolder holder = holders.get(name);
        if (holder == null) {
            throw new IllegalArgumentException("no holder is called " + name);
        }
        return holder;
    }

    public FakeHolder holder(int index) {
        return holder("p" + index);
    }

    public List<FakeHolder> holders() {
        return List.copyOf(holders.values());
    }

    FakeDirectory directory() {
        return directory;
    }

    List<Peer> peers() {
        return List.copyOf(peers);
    }

    /** {@return who holds a column of an object} */
    FakeHolder holderOf(ObjectRef ref, int column) {
        return holders().stream()
                .filter(holder -> holder.columnsOf(ref.id()).contains(column))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public PeerMessage.Reply ask(Peer peer, PeerMessage.Request request) throws InterruptedException {
        FakeHolder holder = holder(peer.name());
        if (holder.dead) {
            throw new PeerFailure(peer, new ProtocolFailure(ProtocolFailure.Kind.ENDED, "is dead"));
        }
        return holder.answer(request);
    }

    /** A node of this network: the first peer, which asks itself as it asks the others. */
    static final class TestNode {
        final ObjectServices services;
        final MemoryStore store;

        TestNode(ObjectServices services, MemoryStore store) {
            this.services = services;
            this.store = store;
        }

        PutReceipt put(String name, byte[] content) throws InterruptedException {
            return services.puts().put(PutRequest.of(name, content.length), source(content));
        }

        PutReceipt put(PutRequest request, byte[] content) throws InterruptedException {
            return services.puts().put(request, source(content));
        }

        byte[] get(ObjectRef ref) throws InterruptedException {
            return get(ref, Range.WHOLE);
        }

        byte[] get(ObjectRef ref, Range range) throws InterruptedException {
            Received received = new Received();
            services.gets().get(ref, range, received);
            return received.content.toByteArray();
        }
    }

    TestNode node(Machine machine, Redundancy redundancy, int segmentBytes) {
        return node(machine, redundancy, segmentBytes, new MemoryStore(), master(1));
    }

    TestNode node(Machine machine, Redundancy redundancy, int segmentBytes, MemoryStore store, MasterKey master) {
        return new TestNode(services(machine, redundancy, segmentBytes, store, master), store);
    }

    /** {@return what the first peer does for its user} */
    public ObjectServices services(
            Machine machine, Redundancy redundancy, int segmentBytes, MemoryStore store, MasterKey master) {
        Peer self = peers.getFirst();
        FakeHolder own = holder(self.name());
        Holder local = request -> own.dead ? new Refused(Refusal.NODE_BROKEN, "told to be dead") : own.answer(request);
        Peers known = new Peers(self, membership(), local, this, machine.clock());
        return ObjectServices.of(
                known,
                directory,
                new Owner(master, machine.secrets()),
                store,
                new PutSettings(redundancy, segmentBytes, Duration.ofDays(30), SegmentCodec.USUAL_SUITE),
                Upkeep.Settings.DEFAULT,
                Deadlines.DEFAULT,
                machine);
    }

    public static MasterKey master(int number) {
        return new MasterKey(Sha256.of(Bytes.wrap(new byte[] {(byte) number})).bytes());
    }

    public static Optional<Sha256> token(int number) {
        return Optional.of(Sha256.of(Bytes.wrap(new byte[] {(byte) number, 1})));
    }

    public static byte[] content(int size) {
        byte[] content = new byte[size];
        RandomStream.of(size, "content").fill(content);
        return content;
    }

    public static ContentSource source(byte[] content) {
        int[] offset = {0};
        return sizeBytes -> {
            int from = offset[0];
            offset[0] += sizeBytes;
            return Bytes.wrap(Arrays.copyOfRange(content, from, from + sizeBytes));
        };
    }

    /** What a get gave. */
    static final class Received implements ContentSink {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean begun;

        @Override
        public void begin(Header header, int segmentBytes, long length) {
            begun = true;
        }

        @Override
        public void content(Bytes bytes) {
            content.writeBytes(bytes.toArray());
        }
    }
}
