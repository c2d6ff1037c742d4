package net.pangea.protocol;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Lease;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardProof;

/**
 * One message between nodes. A {@link Request} is answered by one {@link Reply}, and may be asked again without harm.
 * {@link Refused} may be the answer to anything.
 *
 * <p>Manifests and sealed headers travel as their exact bytes, since their hashes are their names.
 */
public sealed interface PeerMessage {

    /** What a node asks another. */
    sealed interface Request extends PeerMessage {}

    /** How a node answers another. */
    sealed interface Reply extends PeerMessage {}

    /** Who are you: {@link Welcome}. */
    record Hello() implements Request {}

    /**
     * What a node says of itself; nothing of it is proven.
     *
     * @param owner for whom it stores
     * @param zone its configured failure domain, empty if it has none
     * @param nowMillis its wall clock, milliseconds since 1970
     * @param freeBytes what it would still take
     */
    record Welcome(String name, OwnerId owner, String zone, long nowMillis, long freeBytes) implements Reply {}

    /** Take shards under this placement key: {@link Accepted} once that is durable. */
    record OpenUpload(UploadTicket ticket) implements Request {}

    /** Take rebuilt shards of this object, whose owner's lease stands for a ticket: {@link Accepted}. */
    record OpenRepair(Bytes manifest, Bytes sealedHeader, Lease lease) implements Request {}

    /** Store this shard of an upload or repair that was opened before: {@link Accepted} once it is durable. */
    record StoreShard(Sha256 placementKey, int column, int segment, Bytes shard) implements Request {}

    /**
     * Keep these shards, stored before, as part of this object: {@link Accepted} once all is durable,
     * {@link Missing} if one is not there or not the one that the index names.
     *
     * @param columns what of the object this peer was given
     */
    record CommitColumns(Bytes manifest, Bytes sealedHeader, Lease lease, List<HeldColumn> columns) implements Request {
        public CommitColumns {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column, or a part of one.
     *
     * @param index of the whole column
     * @param ranges which of its segments
     */
    record HeldColumn(int column, ColumnIndex index, List<SegmentRange> ranges) {
        public HeldColumn {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Consecutive segments.
     *
     * @param first the first one
     * @param count how many, at least one
     */
    record SegmentRange(int first, int count) {}

    /** Give what is public of this object: {@link ObjectKnown} or {@link NotFound}. */
    record FetchManifest(Sha256 object) implements Request {}

    /** A manifest, its sealed header, and the newest lease known here, which may be a deletion. */
    record ObjectKnown(Bytes manifest, Bytes sealedHeader, Lease lease) implements Reply {}

    /**
     * Say in the DHT that you hold this object: {@link Accepted} once a peer there knows it, {@link NotFound} or {@link
     * Refused}.
     */
    record AnnounceObject(Sha256 object) implements Request {}

    /** Say what you hold of these objects: {@link Holdings}, one entry for each, in order. */
    record FetchHoldings(List<Sha256> objects) implements Request {
        public FetchHoldings {
            objects = List.copyOf(objects);
        }
    }

    record Holdings(List<Holding> objects) implements Reply {
        public Holdings {
            objects = List.copyOf(objects);
        }
    }

    /**
     * What a peer claims to hold of one object.
     *
     * @param leaseSequence of the newest lease it knows; 0 if it does not know the object
     * @param deleted whether that lease is a deletion
     * @param columns what it holds; empty if nothing
     */
    record Holding(long leaseSequence, boolean deleted, List<HeldRange> columns) {
        /** Of an object that is not known. */
        public static final Holding NOTHING = new Holding(0, false, List.of());

        public Holding {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Say what has changed in what you hold since you said this mark, and what you hold of these objects: {@link Changes}.
     *
     * @param since of the last answer, or {@link Mark#NONE}
     * @param objects of which the asker does not know what was said before; may be none
     */
    record FetchChanges(Mark since, List<Sha256> objects) implements Request {
        public FetchChanges {
            objects = List.copyOf(objects);
        }
    }

    /**
     * How far an asker has been told.
     *
     * @param life drawn anew at each start of the peer
     * @param change how many changes there were in this life; neither is negative
     */
    record Mark(long life, long change) {
        /** Of whoever was told nothing. */
        public static final Mark NONE = new Mark(0, 0);
    }

    /**
     * All that is not yet in what the asker remembers of earlier answers.
     *
     * @param mark to come back with
     * @param unbroken whether {@code changed} has all changes since the asker's mark; if not, what was said before counts
     *     for nothing
     * @param objects what is held of each object that was asked about, in order; fewer if a message has no room for more
     */
    record Changes(Mark mark, boolean unbroken, List<Change> changed, List<Holding> objects) implements Reply {
        public Changes {
            changed = List.copyOf(changed);
            objects = List.copyOf(objects);
        }
    }

    /** Something else is held of an object now. */
    record Change(ObjectTag object, Holding holding) {}

    /** Segments of a column that a peer holds. */
    record HeldRange(int column, List<SegmentRange> ranges) {
        public HeldRange {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Give one of these columns' shards of a segment, the first one there is: {@link ShardFound} or {@link NotFound}.
     *
     * @param columns in the order of preference, at least one
     */
    record FetchShard(Sha256 object, int segment, List<Integer> columns) implements Request {
        public FetchShard {
            columns = List.copyOf(columns);
        }
    }

    record ShardFound(int column, ShardProof proof, Bytes shard) implements Reply {}

    /** Give these blocks of a column, to prove that it is held: {@link AuditAnswer} or {@link NotFound}. */
    record Audit(Sha256 object, int column, List<Probe> probes) implements Request {
        public Audit {
            probes = List.copyOf(probes);
        }
    }

    /** One block that an audit asks for; beyond the shard's end it means the shard's last block. */
    record Probe(int segment, int block) {}

    /** One entry for each probe, in order. */
    record AuditAnswer(List<ProvenBlock> blocks) implements Reply {
        public AuditAnswer {
            blocks = List.copyOf(blocks);
        }
    }

    record ProvenBlock(BlockProof proof, Bytes block) {}

    /** Take this newer lease of an object you know, or this deletion of any: {@link Accepted}. */
    record PutLease(Lease lease) implements Request {}

    /** It is done, and durable. */
    record Accepted() implements Reply {}

    /** It is not here, or no longer readable here. */
    record NotFound() implements Reply {}

    /**
     * These shards are not here, or not what the index names; store them again.
     *
     * @param ranges at most so many as fit a message; more may be missing
     */
    record Missing(List<HeldRange> ranges) implements Reply {
        public Missing {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * It was not done.
     *
     * @param text for people: what was wrong and what to do
     */
    record Refused(Refusal why, String text) implements Reply {}

    /** Why a node refuses; the code is its form on the wire and never changes. */
    enum Refusal {
        /** The owner is not on the list, and what unknown owners may take is taken. */
        OWNER_NOT_ACCEPTED(1),
        /** The owner has used up the quota. */
        QUOTA_EXCEEDED(2),
        /** The disk is full. */
        FULL(3),
        /** No upload or repair was opened under this placement key, or it has expired. */
        UNKNOWN_UPLOAD(4),
        /** A signature is wrong, or not this object's owner's. */
        NOT_AUTHENTIC(5),
        /** A lease of the same or a higher sequence is known. */
        STALE(6),
        /** The object is deleted. */
        DELETED(7),
        /** The object is not known here. */
        UNKNOWN_OBJECT(8),
        /** The request makes no sense. */
        BAD_REQUEST(9),
        /** The node itself has failed, for instance its disk. */
        NODE_BROKEN(10),
        /** It has expired. */
        EXPIRED(11),
        /** Nobody in the DHT has noted that it is here. */
        NOT_ANNOUNCED(12);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        static Optional<Refusal> ofCode(int code) {
            for (Refusal refusal : values()) {
                if (refusal.code == code) {
                    return Optional.of(refusal);
                }
            }
            return Optional.empty();
        }
    }
}
