package net.pangea.object;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.CesFailure;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.TaskFailed;
import net.pangea.manifest.Header;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Deadlines;

/**
 * Brings objects back: finds the manifest, gathers the fastest k shards of each segment, and gives the content out in
 * order. Not one byte goes out that was not authenticated under the object's key and for its place; of a whole object
 * the hash of the content is verified at the end.
 *
 * <p>Holds {@value #SEGMENTS_IN_FLIGHT} segments and their shards in memory. Any task may call it.
 */
public final class GetService {
    /** One goes out while the next ones come in; more would only need memory. */
    static final int SEGMENTS_IN_FLIGHT = 3;

    private final Peers peers;
    private final Deadlines deadlines;
    private final Machine machine;
    private final ObjectSearch search;

    public GetService(Peers peers, Deadlines deadlines, Machine machine) {
        this.peers = peers;
        this.deadlines = deadlines;
        this.machine = machine;
        this.search = new ObjectSearch(peers, machine.tasks(), machine.clock(), deadlines);
    }

    /** A part of an object: at most {@code length} bytes from {@code offset} on. */
    public record Range(long offset, long length) {
        /** All of it. */
        public static final Range WHOLE = new Range(0, Long.MAX_VALUE);

        public Range {
            if (offset < 0 || length < 0) {
                throw new IllegalArgumentException("a range is not negative");
            }
        }
    }

    /**
     * Gives the object, or the part of it that the range covers, to {@code sink}.
     *
     * @throws ObjectFailure UNKNOWN_OBJECT, DELETED, NOT_ENOUGH_PEERS, WRONG_KEY, BAD_RANGE, NOT_ENOUGH_SHARDS or
     *     DAMAGED_OBJECT, the last two also after a part was given
     */
    public void get(ObjectRef ref, Range range, ContentSink sink) throws InterruptedException {
        try (Scope scope = machine.tasks().open("get")) {
            Whereabouts whereabouts = new Whereabouts(ref.id(), ref.placementKey(), peers, scope);
            try {
                whereabouts.ask(Whereabouts.FIRST); // while the manifest is looked for
                FoundObject object = search.find(ref.id(), ref.placementKey());
                whereabouts.ask(object.manifest().columns() * 4 / 3);
                Header header = open(object, ref);
                requireInside(range, ref, header);
                new Download(object, ref, header, range, whereabouts).run(scope, sink);
            } finally {
                whereabouts.stop();
            }
        }
    }

    private static void requireInside(Range range, ObjectRef ref, Header header) {
        if (range.offset() > header.sizeBytes()) {
            throw new ObjectFailure(
                    Kind.BAD_RANGE, ref + " has " + header.sizeBytes() + " bytes, none from " + range.offset() + " on");
        }
    }

    /** {@return what is public of an object} */
    FoundObject find(ObjectRef ref) throws InterruptedException {
        return search.find(ref.id(), ref.placementKey());
    }

    /**
     * {@return what only readers may know of an object}
     *
     * @throws ObjectFailure WRONG_KEY, or DAMAGED_OBJECT if it cannot be what it says
     */
    Header open(FoundObject object, ObjectRef ref) {
        Manifest manifest = object.manifest();
        Header header = Header.open(object.sealedHeader(), ref.key(), manifest.placementKey(), machine.secrets())
                .orElseThrow(() -> new ObjectFailure(
                        Kind.WRONG_KEY, "the key does not open " + ref + "; use the reference that its put gave"));
        if (!SegmentCodec.knows(manifest.suite())) {
            throw new ObjectFailure(
                    Kind.DAMAGED_OBJECT,
                    ref + " is encrypted with suite " + manifest.suite() + ", which this version does not know;"
                            + " use a newer one");
        }
        if (ObjectLimits.segmentsOf(header.sizeBytes(), manifest.segmentBytes()) != manifest.segments()) {
            throw new ObjectFailure(
                    Kind.DAMAGED_OBJECT,
                    ref + ": " + header.sizeBytes() + " bytes do not make " + manifest.segments() + " segments of "
                            + manifest.segmentBytes() + "; it was stored wrong");
        }
        return header;
    }

    /** One object on its way out; its tasks share it. */
    private final class Download {
        private final FoundObject object;
        private final ObjectRef ref;
        private final Header header;
        private final long from;
        private final long to;
        private final Whereabouts whereabouts;
        private final GetNotes notes = new GetNotes();
        private final SegmentCodec codec;

        Download(FoundObject object, ObjectRef ref, Header header, Range range, Whereabouts whereabouts) {
            this.object = object;
            this.ref = ref;
            this.header = header;
            this.from = range.offset();
            this.to = from + Math.min(range.length(), header.sizeBytes() - from);
            this.whereabouts = whereabouts;
            Manifest manifest = object.manifest();
            this.codec = new SegmentCodec(
                    manifest.suite(),
                    manifest.dataShards(),
                    manifest.parityShards(),
                    ref.key(),
                    manifest.placementKey(),
                    manifest.segments(),
                    machine.capabilities().vectorBits());
        }

        void run(Scope scope, ContentSink sink) throws InterruptedException {
            int segmentBytes = object.manifest().segmentBytes();
            boolean whole = from == 0 && to == header.sizeBytes();
            sink.begin(header, segmentBytes, to - from);
            int next = (int) (from / segmentBytes);
            int end = whole ? object.manifest().segments() : (int) Math.ceilDiv(to, (long) segmentBytes);
            if (from == to && !whole) {
                end = next; // nothing is wanted
            }
            MessageDigest digest = sha256();
            Queue<Task<Bytes>> inFlight = new ArrayDeque<>();
            for (int given = next; given < end; given++) {
                for (; next < end && inFlight.size() < SEGMENTS_IN_FLIGHT; next++) {
                    int segment = next;
                    inFlight.add(scope.start("segment " + segment, () -> segment(segment)));
                }
                Bytes content = join(inFlight.remove());
                if (whole) {
                    digest.update(content.asBuffer());
                }
                Bytes wanted = cut(content, (long) given * segmentBytes);
                if (wanted.size() > 0) {
                    sink.content(wanted);
                }
            }
            if (whole && !header.content().equals(new Sha256(Bytes.wrap(digest.digest())))) {
                throw new ObjectFailure(
                        Kind.DAMAGED_OBJECT,
                        "the content of " + ref + " has another hash than its header says; it was stored wrong");
            }
            emit(whole);
        }

        private Bytes cut(Bytes content, long begins) {
            int first = (int) Math.max(0, from - begins);
            int last = (int) Math.min(content.size(), to - begins);
            return first == 0 && last == content.size() ? content : content.slice(first, last);
        }

        private void emit(boolean whole) {
            if (notes.isExactlyK()) {
                machine.events()
                        .emit(new ObjectEvent.GetFromExactlyK(
                                ref.id().hex(), object.manifest().dataShards()));
            }
            if (notes.hedged.get() > 0) {
                machine.events().emit(new ObjectEvent.GetHedged(ref.id().hex(), notes.hedged.get()));
            }
            if (whole) {
                machine.events()
                        .emit(new ObjectEvent.ObjectFetched(
                                ref.id().hex(),
                                header.sizeBytes(),
                                object.manifest().segments(),
                                notes.rejected.get(),
                                notes.widened.get(),
                                notes.hedged.get()));
            } else {
                machine.events()
                        .emit(new ObjectEvent.RangeFetched(ref.id().hex(), from, to - from, notes.rejected.get()));
            }
        }

        private Bytes segment(int index) throws InterruptedException {
            SegmentFetch fetch = new SegmentFetch(
                    object, index, peers, whereabouts, notes, machine.clock(), deadlines.hedge(), machine.events());
            Map<Integer, Bytes> found = fetch.run(machine.tasks());
            int needed = object.manifest().dataShards();
            if (found.size() < needed) {
                throw new ObjectFailure(
                        Kind.NOT_ENOUGH_SHARDS,
                        "segment " + index + " of " + ref + ": " + found.size() + " intact shards found, " + needed
                                + " are needed; " + notes.rejected.get() + " were rejected. Try again when more"
                                + " peers can be reached");
            }
            int expected = ObjectLimits.sizeOfSegment(
                    index, header.sizeBytes(), object.manifest().segmentBytes());
            List<Optional<Bytes>> shards = new ArrayList<>();
            for (int column = 0; column < object.manifest().columns(); column++) {
                shards.add(Optional.ofNullable(found.get(column)));
            }
            return Bytes.wrap(decode(index, shards, expected));
        }

        private byte[] decode(int index, List<Optional<Bytes>> shards, int expected) {
            byte[] content;
            try {
                content = codec.decode(index, shards, expected);
            } catch (CesFailure e) {
                throw damaged(index, String.valueOf(e.getMessage()));
            }
            if (content.length != expected) {
                throw damaged(index, content.length + " bytes, not " + expected);
            }
            return content;
        }

        private ObjectFailure damaged(int index, String what) {
            return new ObjectFailure(
                    Kind.DAMAGED_OBJECT, "segment " + index + " of " + ref + ": " + what + "; it was stored wrong");
        }
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
