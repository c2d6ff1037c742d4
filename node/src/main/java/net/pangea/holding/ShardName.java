package net.pangea.holding;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Sha256;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;

/** A shard's place in the store: {@code placement key (32) | column (2) | segment (4)}. */
record ShardName(Sha256 placementKey, int column, int segment) {

    static ShardName of(EntryKey key) {
        ByteReader in = new ByteReader(key.name());
        return new ShardName(in.sha256(), in.u16(), (int) in.u32());
    }

    EntryKey key() {
        return new EntryKey(
                EntryKind.SHARD,
                new ByteWriter()
                        .raw(placementKey.bytes())
                        .u16(column)
                        .u32(segment)
                        .toBytes());
    }
}
