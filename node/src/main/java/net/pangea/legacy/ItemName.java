package net.pangea.legacy;

import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;

/** Names what is kept: a shard by its hash and index, a share by its id. Ids are hashed, for they may be longer than a name. */
record ItemName(EntryKey key) {
    private static final int SHARD = 1;
    private static final int SHARE = 2;

    static ItemName shard(Bytes hash, long index) {
        return of(SHARD, hash, index);
    }

    static ItemName share(Bytes id) {
        return of(SHARE, id, 0);
    }

    private static ItemName of(int kind, Bytes id, long index) {
        Bytes name =
                new ByteWriter().u8(kind).raw(Sha256.of(id).bytes()).u32(index).toBytes();
        return new ItemName(new EntryKey(EntryKind.LEGACY, name));
    }
}
