package net.pangea.object;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import net.pangea.bytes.Bytes;
import net.pangea.ces.Ces;
import net.pangea.ces.CesFailure;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.TaskFailed;
import net.pangea.machine.Tasks;
import net.pangea.object.ObjectFailure.Kind;

/**
 * Brings objects back: finds the manifest, gathers any k shards of each segment, and gives the content out in
 * order. Not one byte goes out that was not authenticated under the object's key and for its place.
 *
 * <p>Holds {@value #SEGMENTS_IN_FLIGHT} segments and their shards in memory. Any task may call it.
 */
public final class Getter {
    /** One goes out while the next ones come in; more would only need memory. */
    static final int SEGMENTS_IN_FLIGHT = 3;

    /** Takes an object, in order. */
    public interface Sink {
        void begin(String name, long sizeBytes) throws InterruptedException;

        void content(Bytes bytes) throws InterruptedException;
    }

    private final Peers peers;
    private final ManifestSearch search;
    private final Tasks tasks;
    private final Clock clock;
    private final SecureRandom secrets;
    private final Events events;

    /** @param secrets handed to ciphers, which ask for a generator even where they draw nothing */
    public Getter(Peers peers, Tasks tasks, Clock clock, SecureRandom secrets, Events events) {
        this.peers = peers;
        this.search = new ManifestSearch(peers, tasks);
        this.tasks = tasks;
        this.clock = clock;
        this.secrets = secrets;
        this.events = events;
    }

    /**
     * Gives the object to {@code sink}.
     *
     * @throws ObjectFailure UNKNOWN_OBJECT, NOT_ENOUGH_PEERS, WRONG_KEY, NOT_ENOUGH_SHARDS or DAMAGED_OBJECT,
     *     the last two also after a part was given
     */
    public void get(ObjectRef ref, Sink sink) throws InterruptedException {
        Manifest manifest = search.find(ref.id());
        Header header = Header.open(manifest.sealedHeader(), ref.key(), manifest.placementKey(), secrets)
                .orElseThrow(() -> new ObjectFailure(Kind.WRONG_KEY, "the key does not open " + ref));
        int count = manifest.segments().size();
        if (Manifest.segmentsOf(header.sizeBytes(), manifest.segmentBytes()) != count) {
            throw new ObjectFailure(
                    Kind.DAMAGED_OBJECT, header.sizeBytes() + " bytes do not make " + count + " segments");
        }
        sink.begin(header.name(), header.sizeBytes());
        Download download = new Download(ref, manifest, header.sizeBytes());
        try (Scope scope = tasks.open("get")) {
            Queue<Task<Bytes>> inFlight = new ArrayDeque<>();
            for (int next = 0, given = 0; given < count; given++) {
                for (; next < count && inFlight.size() < SEGMENTS_IN_FLIGHT; next++) {
                    int segment = next;
                    inFlight.add(scope.start("segment " + segment, () -> download.segment(segment)));
                }
                sink.content(join(inFlight.remove()));
            }
        }
        events.emit(new ObjectEvent.ObjectFetched(
                ref.id().hex(), header.sizeBytes(), count, download.rejected.get(), download.widened.get()));
    }

    private static Bytes join(Task<Bytes> task) throws InterruptedException {
        try {
            return task.join();
        } catch (TaskFailed e) {
            if (e.getCause() instanceof ObjectFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** One object on its way out; its tasks share it. */
    private final class Download {
        private final ObjectRef ref;
        private final Manifest manifest;
        private final long sizeBytes;
        private final Ces ces;
        private final PeerNotes notes = new PeerNotes();
        private final AtomicLong rejected = new AtomicLong();
        private final AtomicLong widened = new AtomicLong();

        Download(ObjectRef ref, Manifest manifest, long sizeBytes) {
            this.ref = ref;
            this.manifest = manifest;
            this.sizeBytes = sizeBytes;
            this.ces = new Ces(manifest.dataShards(), manifest.parityShards());
        }

        Bytes segment(int index) throws InterruptedException {
            SegmentFetch fetch = new SegmentFetch(ref.id(), manifest, index, peers, notes, events);
            Gathered gathered = fetch.run(tasks, clock);
            rejected.addAndGet(gathered.rejected());
            widened.addAndGet(fetch.wasWidened() ? 1 : 0);
            if (!gathered.isEnough()) {
                throw new ObjectFailure(
                        Kind.NOT_ENOUGH_SHARDS,
                        "segment " + index + " of " + ref + ": " + gathered.count() + " intact shards found, "
                                + manifest.dataShards() + " are needed; " + gathered.rejected() + " were rejected");
            }
            int expectedBytes = Manifest.sizeOfSegment(index, sizeBytes, manifest.segmentBytes());
            return Bytes.wrap(decode(index, gathered.shards(), expectedBytes));
        }

        private byte[] decode(int index, List<Optional<byte[]>> shards, int expectedBytes) {
            boolean last = index == manifest.segments().size() - 1;
            byte[] content;
            try {
                byte[] key = ref.key().segmentKey(manifest.placementKey(), index, last);
                content = ces.decode(new ArrayList<>(shards), DataKey.SUITE, key, expectedBytes);
            } catch (CesFailure e) {
                throw new ObjectFailure(Kind.DAMAGED_OBJECT, "segment " + index + " of " + ref + ": " + e.getMessage());
            }
            if (content.length != expectedBytes) {
                throw new ObjectFailure(
                        Kind.DAMAGED_OBJECT,
                        "segment " + index + " of " + ref + " has " + content.length + " bytes, not " + expectedBytes);
            }
            return content;
        }
    }
}
