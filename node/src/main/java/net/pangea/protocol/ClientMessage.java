package net.pangea.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.ObjectRef;

/**
 * One message between a client and its node. A client trusts its node: content and keys pass in the clear.
 *
 * <p>Every request but two is answered by one reply. The two conversations are:
 *
 * <pre>
 * PutObject, then for each segment: [Continue, Content]; at last PutDone
 * GetObject, then ObjectFound, then Content until the length is reached; at last GetDone
 * </pre>
 *
 * The node may say {@link Failed} in the place of any of its own messages, which ends the conversation.
 */
public sealed interface ClientMessage {

    /** What a client says to a node. */
    sealed interface Request extends ClientMessage {}

    /** What a node says to a client. */
    sealed interface Reply extends ClientMessage {}

    /**
     * Store an object of this size; its bytes follow, a segment at a time.
     *
     * @param mediaType empty if unknown
     * @param pinned whether the node is to renew its lease without being asked
     * @param token drawn by the client if it wants to resume the put should it be interrupted: with the same token the
     *     node remembers what it has stored already. The content is sent again and compared.
     */
    record PutObject(String name, String mediaType, long sizeBytes, boolean pinned, Optional<Sha256> token)
            implements Request {}

    /** The next bytes of an object, in either direction. */
    record Content(Bytes bytes) implements Request, Reply {}

    /**
     * Give an object, or a range of it.
     *
     * @param offset the first byte wanted
     * @param length at most so many bytes; beyond the object's end means up to it
     */
    record GetObject(ObjectRef ref, long offset, long length) implements Request {}

    /**
     * List the owner's objects, in the order of their ids: {@link Listed}.
     *
     * @param pattern what their names contain, whatever the case, or match if it has a {@code *} or {@code ?}; empty
     *     for all
     * @param after the last id of the page before
     */
    record ListObjects(String pattern, Optional<Sha256> after, int max) implements Request {}

    /** Delete an object of the owner: {@link Changed}. */
    record DeleteObject(Sha256 object) implements Request {}

    /** Say what there is to know of an object, after asking those who hold it: {@link Described}. */
    record DescribeObject(ObjectRef ref) implements Request {}

    /** Renew the lease of an object without being asked from now on, or no longer: {@link Changed}. */
    record PinObject(Sha256 object, boolean pinned) implements Request {}

    /** Extend the lease of an object to so many milliseconds from now, if that is later: {@link Changed}. */
    record RenewObject(Sha256 object, long millis) implements Request {}

    /** Bring the owner's catalogue back from the network: {@link Restored}. */
    record RestoreCatalogue() implements Request {}

    /** Bring the owner's catalogue to the network now: {@link Published}. */
    record PublishCatalogue() implements Request {}

    /** Say how the node is: {@link Status}. */
    record AskStatus() implements Request {}

    /** Look the nodes closest to a key of the DHT up: {@link LookedUp}. */
    record LookUp(Bytes key) implements Request {
        /** As the DHT has it. */
        static final int KEY_BYTES_MAX = 256;
    }

    /** Ask the DHT who has an object: {@link ProvidersFound}. */
    record FindProviders(Sha256 object) implements Request {}

    /** Send the next so many bytes. */
    record Continue(int sizeBytes) implements Reply {}

    /**
     * The object is stored.
     *
     * @param columnsStored columns that are durable on their holders
     * @param columns columns there could be
     * @param peers different peers that hold them
     * @param peersMayBeLost any so many of them may be lost without losing the object
     * @param domains failure domains these peers are in
     * @param domainsMayBeLost any so many of them may be lost
     * @param segmentsResumed segments that had been stored by an earlier attempt
     */
    record PutDone(
            ObjectRef ref,
            int columnsStored,
            int columns,
            int peers,
            int peersMayBeLost,
            int domains,
            int domainsMayBeLost,
            int segmentsResumed)
            implements Reply {}

    /**
     * The object is there and the key opens it.
     *
     * @param content SHA-256 of the whole content
     * @param segmentBytes where a get may be taken up again: at multiples of this
     * @param length how many bytes will follow
     */
    record ObjectFound(
            String name,
            String mediaType,
            long sizeBytes,
            Sha256 content,
            int segmentBytes,
            long createdMillis,
            long length)
            implements Reply {}

    /** All of it was given, and is authentic; of a whole object, its hash too was verified. */
    record GetDone() implements Reply {}

    /** One page; {@code more} says whether another may follow. */
    record Listed(List<CatalogueEntry> entries, boolean more) implements Reply {
        public Listed {
            entries = List.copyOf(entries);
        }
    }

    /** What is known of an object. */
    record Described(ObjectInfo info) implements Reply {}

    /**
     * The catalogue's entry is now this.
     *
     * @param peersTold peers that took the lease, or have nothing that it concerns
     * @param peers how many there are; those who were away are told later
     */
    record Changed(CatalogueEntry entry, int peersTold, int peers) implements Reply {}

    /**
     * The catalogue was found and merged.
     *
     * @param sequence of its pointer
     * @param entries what it lists
     * @param added those that were new or newer here
     */
    record Restored(long sequence, int entries, int added) implements Reply {}

    /** The catalogue is stored, and its pointer told. */
    record Published(long sequence, int entries, int peersTold) implements Reply {}

    /**
     * The nodes of the DHT that are closest to a key.
     *
     * @param peers their ids, closest first
     * @param hops after how many requests, one after the other, the last of them was found
     * @param requests how many were sent
     * @param unanswered how many of these
     */
    record LookedUp(List<String> peers, int hops, int requests, int unanswered) implements Reply {
        static final int PEERS_MAX = 1_024;
        static final int PEER_BYTES_MAX = 128;

        public LookedUp {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Who says in the DHT that they have an object.
     *
     * @param peers their ids
     */
    record ProvidersFound(List<String> peers) implements Reply {
        public ProvidersFound {
            peers = List.copyOf(peers);
        }
    }

    /**
     * How a node is.
     *
     * @param owner for whom it stores, in hexadecimal digits
     * @param peersHealthy of them, those that have not failed lately
     * @param discovery how it looks for peers in its local network, for reading
     * @param legacy what it does for peers of the original network, for reading
     * @param ended how many connections and streams of others were refused or ended, by the reason
     */
    record Status(
            String name,
            String owner,
            String zone,
            int peers,
            int peersHealthy,
            long usedBytes,
            long freeBytes,
            int ownObjects,
            long catalogueSequence,
            boolean catalogueDirty,
            String discovery,
            String legacy,
            SortedMap<String, Long> ended)
            implements Reply {
        /** Of so many reasons it is told at most. */
        static final int REASONS_MAX = 256;

        public Status {
            ended = Collections.unmodifiableSortedMap(new TreeMap<>(ended));
        }
    }

    /**
     * It could not be done.
     *
     * @param text for people: what was wrong and what to do
     */
    record Failed(Problem problem, String text) implements Reply {}

    /** Why a node could not do what its client asked; the code is its form on the wire and never changes. */
    enum Problem {
        /** Too few peers took a column, or could be asked. */
        NOT_ENOUGH_PEERS(1),
        /** Too few intact shards of a segment were found. */
        NOT_ENOUGH_SHARDS(2),
        /** No peer that answered has the manifest, or the owner has no such object. */
        UNKNOWN_OBJECT(3),
        /** The data key is not the object's. */
        WRONG_KEY(4),
        /** Larger than a node takes. */
        TOO_LARGE(5),
        /** Too few peers have room. */
        FULL(6),
        /** The request makes no sense, or not here in the conversation. */
        BAD_REQUEST(7),
        /** The node itself has failed, for instance its disk. */
        NODE_BROKEN(8),
        /** The manifest makes no sense, or the shards are what it says and yet do not decode. */
        DAMAGED_OBJECT(9),
        /** The owner has used up the quota at too many peers. */
        QUOTA_EXCEEDED(10),
        /** Too many peers do not store for this owner. */
        OWNER_NOT_ACCEPTED(11),
        /** A put was resumed with other content. */
        SOURCE_CHANGED(12),
        /** The owner has deleted the object. */
        DELETED(13),
        /** The range begins beyond the object's end. */
        BAD_RANGE(14),
        /** Nobody who answered knows a catalogue of this owner. */
        NO_CATALOGUE(15);

        private final int code;

        Problem(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Optional<Problem> ofCode(int code) {
            for (Problem problem : values()) {
                if (problem.code == code) {
                    return Optional.of(problem);
                }
            }
            return Optional.empty();
        }
    }
}
