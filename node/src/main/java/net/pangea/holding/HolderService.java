package net.pangea.holding;

import java.util.function.BooleanSupplier;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.AnnounceObject;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.protocol.PeerMessage.Welcome;
import net.pangea.store.StoreFailure;

/**
 * What a node does for other nodes: it keeps what it has verified, proves it, and gives it back. Any task may call it.
 *
 * <p>What it has acknowledged is durable. Every request may be asked again without harm. Requests about different
 * objects, and shards of one upload, do not wait for each other.
 */
public final class HolderService {
    private final Books books;
    private final Removal removal;
    private final Rot rot;
    private final Reads reads;
    private final Uploads uploads;
    private final Commits commits;
    private final Leases leases;
    private final Pointers pointers;
    private final Announcing announcing;

    private HolderService(Books books, Announcing announcing) {
        this.books = books;
        this.removal = new Removal(books);
        Deletions deletions = new Deletions(books, removal);
        this.rot = new Rot(books, removal);
        this.reads = new Reads(books, rot);
        this.uploads = new Uploads(books, deletions);
        this.commits = new Commits(books, deletions);
        this.leases = new Leases(books, removal, deletions);
        this.pointers = new Pointers(books);
        this.announcing = announcing;
    }

    /** {@return the service over what the store has; it looks at the name of every entry first} */
    public static HolderService open(HolderSelf self, HoldingSettings settings, HolderSurroundings around)
            throws InterruptedException {
        HolderTime time = HolderTime.start(
                around.store(), around.clock(), around.peerClocks(), Opening.seenRunningMillis(around.store()));
        HolderService service = new HolderService(Books.empty(self, settings, around, time), around.announcing());
        Opening.run(service.books, service.removal);
        return service;
    }

    /** {@return the answer; what was to be stored is durable by then} */
    public Reply answer(Request request) throws InterruptedException {
        try {
            return switch (request) {
                case Hello _ -> welcome();
                case OpenUpload open -> uploads.open(open);
                case OpenRepair open -> uploads.open(open);
                case StoreShard store -> uploads.store(store);
                case CommitColumns commit -> commits.commit(commit);
                case FetchManifest fetch -> reads.manifest(fetch);
                case FetchHoldings fetch -> reads.holdings(fetch);
                case FetchChanges fetch -> reads.changes(fetch);
                case FetchShard fetch -> reads.shard(fetch);
                case Audit audit -> reads.audit(audit);
                case PutLease put -> leases.put(put);
                case AnnounceObject(Sha256 object) -> announce(object);
            };
        } catch (Rejection e) {
            return refused(e.why(), e.text());
        } catch (MalformedBytes e) {
            return refused(Refusal.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (StoreFailure e) {
            return switch (e.kind()) {
                case FULL -> refused(Refusal.FULL, String.valueOf(e.getMessage()));
                case BROKEN -> refused(Refusal.NODE_BROKEN, String.valueOf(e.getMessage()));
            };
        }
    }

    private Reply announce(Sha256 object) throws InterruptedException {
        if (holdings().columnsOf(object).isEmpty()) {
            return new NotFound();
        }
        return announcing.announce(object)
                ? new Accepted()
                : refused(Refusal.NOT_ANNOUNCED, "nobody in the DHT has noted the announcement of " + object);
    }

    private Refused refused(Refusal why, String text) {
        return new Refused(why, books.self().name() + ": " + text);
    }

    private Welcome welcome() {
        HolderSelf self = books.self();
        return new Welcome(
                self.name(),
                self.owner(),
                self.zone(),
                books.time().moment().nowMillis(),
                books.store().freeBytes());
    }

    /** {@return where owners have their catalogues} */
    public Pointers pointers() {
        return pointers;
    }

    /** {@return what is held here, for repair} */
    public Holdings holdings() {
        return new Holdings(books, reads);
    }

    /**
     * {@return the task that ends what has run out; at most one at a time}
     *
     * @param mayCollect whether this node sees enough of its peers to trust what it sees; asked before each round
     */
    public Collector collector(BooleanSupplier mayCollect) {
        return new Collector(books, removal, mayCollect);
    }

    /** {@return the task that looks for rot; at most one at a time} */
    public Scrubber scrubber() {
        return new Scrubber(books, rot);
    }

    /** {@return the task that gives space back; at most one at a time} */
    public Compactor compactor() {
        return new Compactor(books);
    }
}
