package net.pangea.holding;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.OwnerId;

/**
 * What the store has of an upload or repair that was opened here. The signature it was opened with has been verified and
 * is not kept.
 *
 * <pre>
 * version 1 (1) | owner (32) | issued (8) | bytes (8) | opened (8) | running when opened (8)
 * </pre>
 *
 * @param issuedMillis of the newest ticket, by the owner's clock; 0 of a repair
 * @param bytes the most that one column may take
 * @param openedMillis by this node's wall clock
 * @param openedRunningMillis by its running time
 */
record UploadEntry(OwnerId owner, long issuedMillis, long bytes, long openedMillis, long openedRunningMillis) {
    private static final int VERSION = 1;

    boolean isRepair() {
        return issuedMillis == 0;
    }

    Bytes encode() {
        return new ByteWriter()
                .u8(VERSION)
                .raw(owner.bytes())
                .u64(issuedMillis)
                .u64(bytes)
                .u64(openedMillis)
                .u64(openedRunningMillis)
                .toBytes();
    }

    static UploadEntry decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int _ = in.u8In(VERSION, VERSION, "version of an upload");
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        UploadEntry entry = new UploadEntry(
                owner,
                in.u64In(0, Long.MAX_VALUE, "time"),
                in.u64In(1, Long.MAX_VALUE, "size"),
                in.u64In(0, Long.MAX_VALUE, "time"),
                in.u64In(0, Long.MAX_VALUE, "time"));
        in.end();
        return entry;
    }
}
