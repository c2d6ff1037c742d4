package net.pangea.store;

import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/** Looks once at every name in a store when it is opened. Owned by the task that opens it. */
final class Recovery {
    private final Disk disk;
    private long quarantined;
    private long unfinished;

    private Recovery(Disk disk) {
        this.disk = disk;
    }

    static StoreRecovered run(Disk disk) {
        Recovery recovery = new Recovery(disk);
        long shards = recovery.scan(EntryKind.SHARD);
        long manifests = recovery.scan(EntryKind.MANIFEST);
        return new StoreRecovered(shards, manifests, recovery.quarantined, recovery.unfinished);
    }

    private long scan(EntryKind kind) {
        long entries = 0;
        for (String fan : disk.list(kind.directory())) {
            String directory = kind.directory() + "/" + fan;
            if (disk.typeOf(directory) == Disk.Type.DIRECTORY) {
                for (String name : disk.list(directory)) {
                    entries += isEntry(kind, directory + "/" + name, name) ? 1 : 0;
                }
            }
        }
        return entries;
    }

    private boolean isEntry(EntryKind kind, String path, String name) {
        if (name.endsWith(ShardStore.TEMPORARY)) {
            disk.delete(path);
            unfinished++;
            return false;
        }
        Optional<Sha256> id = Sha256.parseHex(name);
        if (id.isEmpty()) {
            return false; // put aside earlier, or not ours
        }
        if (isIntact(kind, path, id.get())) {
            return true;
        }
        ShardStore.putAside(disk, path);
        quarantined++;
        return false;
    }

    private boolean isIntact(EntryKind kind, String path, Sha256 id) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            return ShardStore.readHeader(file, kind, id).isPresent();
        } catch (DiskFailure e) {
            return false; // a sector that cannot be read is one damaged entry, not a broken store
        }
    }
}
