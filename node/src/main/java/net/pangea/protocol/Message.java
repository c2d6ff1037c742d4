package net.pangea.protocol;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * One message between nodes, or between a client and a node.
 *
 * <p>A {@link PeerRequest} is answered by one {@link PeerReply}. The client's two conversations are:
 *
 * <pre>
 * PutObject, then for each segment: [Continue, Content]; at last PutDone
 * GetObject, then ObjectFound, then Content until the object's size is reached
 * </pre>
 *
 * where the node may say {@link Failed} in the place of any of its own messages, which ends the conversation.
 */
public sealed interface Message {

    /** What a node asks another: each may be asked again without harm. */
    sealed interface PeerRequest extends Message {}

    /** How a node answers another. */
    sealed interface PeerReply extends Message {}

    /** What a client says to a node. */
    sealed interface ClientRequest extends Message {}

    /** What a node says to a client. */
    sealed interface ClientReply extends Message {}

    /**
     * Store these bytes: {@link Stored} once they are durable.
     *
     * @param id the hash that the bytes must have
     */
    record StoreShard(Sha256 id, Bytes shard) implements PeerRequest {}

    /**
     * Keep this manifest, and with it the shards stored before: {@link Stored} once all of that is durable,
     * {@link NotFound} if a shard is not there.
     *
     * @param ranges the shards of the object that this peer was given
     */
    record StoreManifest(Bytes manifest, List<ShardRange> ranges) implements PeerRequest {
        public StoreManifest {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Consecutive shards of one column.
     *
     * @param column the index of the shard in each segment
     * @param first the first segment
     * @param count how many segments
     */
    record ShardRange(int column, int first, int count) {}

    /**
     * Give one of these shards of a segment, the first one there is: {@link ShardFound} or {@link NotFound}.
     *
     * @param object the object and
     * @param segment the segment they belong to, which name them in the holder's events
     * @param wanted in the order of preference
     */
    record FetchShard(Sha256 object, int segment, List<WantedShard> wanted) implements PeerRequest {
        public FetchShard {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * A shard that would help.
     *
     * @param column its index in the segment
     * @param id its hash
     */
    record WantedShard(int column, Sha256 id) {}

    /** Give the manifest whose hash this is: {@link ManifestFound} or {@link NotFound}. */
    record FetchManifest(Sha256 object) implements PeerRequest {}

    /** What has this hash is durable here. */
    record Stored(Sha256 id) implements PeerReply {}

    record ShardFound(int column, Bytes shard) implements PeerReply {}

    record ManifestFound(Bytes manifest) implements PeerReply {}

    /** It is not here, or no longer readable here. */
    record NotFound() implements PeerReply {}

    /** Store an object of this name and size; its bytes follow, a segment at a time. */
    record PutObject(String name, long sizeBytes) implements ClientRequest {}

    /** Give the object, decrypted with this key. */
    record GetObject(Sha256 object, Bytes dataKey) implements ClientRequest {}

    /** The next bytes of an object, in either direction. */
    record Content(Bytes bytes) implements ClientRequest, ClientReply {}

    /** Send the next segment. */
    record Continue() implements ClientReply {}

    /**
     * The object is stored.
     *
     * @param columnsStored columns that are durable on their holders
     * @param columns columns there could be
     * @param peers different peers that hold them
     * @param peersMayBeLost any so many of them may be lost without losing the object
     */
    record PutDone(Sha256 object, Bytes dataKey, int columnsStored, int columns, int peers, int peersMayBeLost)
            implements ClientReply {}

    record ObjectFound(String name, long sizeBytes) implements ClientReply {}

    /**
     * It could not be done.
     *
     * @param text for people: what was wrong
     */
    record Failed(FailureKind kind, String text) implements PeerReply, ClientReply {}
}
