package net.pangea.object;

import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Events;
import net.pangea.protocol.FailureKind;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.FetchManifest;
import net.pangea.protocol.Message.FetchShard;
import net.pangea.protocol.Message.ManifestFound;
import net.pangea.protocol.Message.NotFound;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Message.PeerRequest;
import net.pangea.protocol.Message.ShardFound;
import net.pangea.protocol.Message.ShardRange;
import net.pangea.protocol.Message.StoreManifest;
import net.pangea.protocol.Message.StoreShard;
import net.pangea.protocol.Message.Stored;
import net.pangea.protocol.Message.WantedShard;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.LogStore;
import net.pangea.store.Lookup;
import net.pangea.store.StoreFailure;

/**
 * What a node does for other nodes: it keeps what it has verified, and gives it back. Any task may call it.
 */
public final class HolderService {
    private final String machine;
    private final LogStore store;
    private final Events events;

    /**
     * @param machine the holder's name, for its events
     */
    public HolderService(String machine, LogStore store, Events events) {
        this.machine = machine;
        this.store = store;
        this.events = events;
    }

    /** {@return the answer; what was to be stored is durable by then} */
    public PeerReply answer(PeerRequest request) throws InterruptedException {
        try {
            return switch (request) {
                case StoreShard storeShard -> storeShard(storeShard);
                case StoreManifest storeManifest -> storeManifest(storeManifest);
                case FetchShard fetchShard -> fetchShard(fetchShard);
                case FetchManifest fetchManifest -> fetchManifest(fetchManifest);
            };
        } catch (StoreFailure e) {
            return switch (e.kind()) {
                case FULL -> new Failed(FailureKind.FULL, machine + ": " + e.getMessage());
                case BROKEN -> new Failed(FailureKind.NODE_BROKEN, machine + ": " + e.getMessage());
            };
        }
    }

    private PeerReply storeShard(StoreShard request) throws InterruptedException {
        if (!Sha256.of(request.shard()).equals(request.id())) {
            return new Failed(FailureKind.BAD_REQUEST, "the shard's bytes do not have the hash it is stored under");
        }
        store.keep(key(EntryKind.SHARD, request.id()), request.shard());
        return new Stored(request.id());
    }

    private PeerReply storeManifest(StoreManifest request) throws InterruptedException {
        Manifest manifest;
        try {
            manifest = Manifest.decode(request.manifest());
        } catch (MalformedBytes e) {
            return new Failed(FailureKind.BAD_REQUEST, "not a manifest: " + e.getMessage());
        }
        for (ShardRange range : request.ranges()) {
            if (range.column() >= manifest.columns()
                    || range.first() + range.count() > manifest.segments().size()) {
                return new Failed(FailureKind.BAD_REQUEST, "the manifest has no such shards: " + range);
            }
            for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                Sha256 shard = manifest.segments().get(segment).shards().get(range.column());
                if (!store.has(key(EntryKind.SHARD, shard))) {
                    return new NotFound();
                }
            }
        }
        Sha256 object = Sha256.of(request.manifest());
        store.keep(key(EntryKind.MANIFEST, object), request.manifest());
        emitStored(object, manifest, request);
        return new Stored(object);
    }

    private void emitStored(Sha256 object, Manifest manifest, StoreManifest request) {
        for (ShardRange range : request.ranges()) {
            for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                int sizeBytes = manifest.segments().get(segment).shardBytes();
                events.emit(new ObjectEvent.ShardStored(object.hex(), segment, range.column(), sizeBytes));
            }
        }
    }

    private PeerReply fetchShard(FetchShard request) {
        for (WantedShard wanted : request.wanted()) {
            switch (store.find(key(EntryKind.SHARD, wanted.id()))) {
                case Lookup.Found(Bytes content) -> {
                    return new ShardFound(wanted.column(), content);
                }
                case Lookup.Damaged(String what) ->
                    events.emit(new ObjectEvent.ShardRejected(
                            request.object().hex(), request.segment(), wanted.column(), machine, what));
                case Lookup.Absent() -> {}
            }
        }
        return new NotFound();
    }

    private PeerReply fetchManifest(FetchManifest request) {
        return switch (store.find(key(EntryKind.MANIFEST, request.object()))) {
            case Lookup.Found(Bytes content) -> new ManifestFound(content);
            case Lookup.Damaged _, Lookup.Absent _ -> new NotFound();
        };
    }

    private static EntryKey key(EntryKind kind, Sha256 id) {
        return new EntryKey(kind, id.bytes());
    }
}
