package net.pangea.schema;

import java.nio.ByteBuffer;
import org.capnproto.Data;
import org.capnproto.DataList;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;

/** Struct {@code PeerMessage}: 8 bytes of data, 1 pointer. */
public final class PeerMessageStruct {
    public static final Struct<Builder, Reader> STRUCT = new Struct<>(1, 1, Builder::new, Reader::new);

    private PeerMessageStruct() {}

    /** The ordinals of the union, but the retired ones. */
    public static final class Which {
        public static final int HELLO = 0;
        public static final int WELCOME = 1;
        public static final int OPEN_UPLOAD = 2;
        public static final int OPEN_REPAIR = 3;
        public static final int STORE_SHARD = 4;
        public static final int COMMIT_COLUMNS = 5;
        public static final int FETCH_MANIFEST = 6;
        public static final int OBJECT_KNOWN = 7;
        public static final int FETCH_HOLDINGS = 8;
        public static final int HOLDINGS = 9;
        public static final int FETCH_SHARD = 10;
        public static final int SHARD_FOUND = 11;
        public static final int AUDIT = 12;
        public static final int AUDIT_ANSWER = 13;
        public static final int PUT_LEASE = 14;
        public static final int ACCEPTED = 18;
        public static final int NOT_FOUND = 19;
        public static final int MISSING = 20;
        public static final int REFUSED = 21;
        public static final int FETCH_CHANGES = 22;
        public static final int CHANGES = 23;
        public static final int ANNOUNCE_OBJECT = 24;

        private Which() {}
    }

    /** Reads it. */
    public static final class Reader extends FieldReader {
        Reader(SegmentReader segment, int data, int pointers, int dataBits, short pointerCount, int nestingLimit) {
            super(segment, data, pointers, dataBits, pointerCount, nestingLimit);
        }

        /** {@return which member of the union is set; {@link Which} names them} */
        public int which() {
            return u16(0);
        }

        public WelcomeStruct.Reader welcome() {
            return _getPointerField(WelcomeStruct.STRUCT, 0);
        }

        public Data.Reader openUpload() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public ObjectDocumentsStruct.Reader openRepair() {
            return _getPointerField(ObjectDocumentsStruct.STRUCT, 0);
        }

        public StoreShardStruct.Reader storeShard() {
            return _getPointerField(StoreShardStruct.STRUCT, 0);
        }

        public CommitColumnsStruct.Reader commitColumns() {
            return _getPointerField(CommitColumnsStruct.STRUCT, 0);
        }

        public Data.Reader fetchManifest() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public ObjectDocumentsStruct.Reader objectKnown() {
            return _getPointerField(ObjectDocumentsStruct.STRUCT, 0);
        }

        public DataList.Reader fetchHoldings() {
            return _getPointerField(DataList.factory, 0);
        }

        public StructList.Reader<HoldingStruct.Reader> holdings() {
            return _getPointerField(HoldingStruct.LIST, 0);
        }

        public FetchShardStruct.Reader fetchShard() {
            return _getPointerField(FetchShardStruct.STRUCT, 0);
        }

        public ShardFoundStruct.Reader shardFound() {
            return _getPointerField(ShardFoundStruct.STRUCT, 0);
        }

        public AuditStruct.Reader audit() {
            return _getPointerField(AuditStruct.STRUCT, 0);
        }

        public StructList.Reader<ProvenBlockStruct.Reader> auditAnswer() {
            return _getPointerField(ProvenBlockStruct.LIST, 0);
        }

        public Data.Reader putLease() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }

        public StructList.Reader<HeldRangeStruct.Reader> missing() {
            return _getPointerField(HeldRangeStruct.LIST, 0);
        }

        public RefusedStruct.Reader refused() {
            return _getPointerField(RefusedStruct.STRUCT, 0);
        }

        public FetchChangesStruct.Reader fetchChanges() {
            return _getPointerField(FetchChangesStruct.STRUCT, 0);
        }

        public ChangesStruct.Reader changes() {
            return _getPointerField(ChangesStruct.STRUCT, 0);
        }

        public Data.Reader announceObject() {
            return _getPointerField(Data.factory, 0, null, 0, 0);
        }
    }

    /** Writes it. */
    public static final class Builder extends FieldBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataBits, short pointerCount) {
            super(segment, data, pointers, dataBits, pointerCount);
        }

        public void hello() {
            u16(0, Which.HELLO);
        }

        public WelcomeStruct.Builder welcome() {
            u16(0, Which.WELCOME);
            return _initPointerField(WelcomeStruct.STRUCT, 0, 0);
        }

        public void openUpload(ByteBuffer bytes) {
            u16(0, Which.OPEN_UPLOAD);
            data(0, bytes);
        }

        public ObjectDocumentsStruct.Builder openRepair() {
            u16(0, Which.OPEN_REPAIR);
            return _initPointerField(ObjectDocumentsStruct.STRUCT, 0, 0);
        }

        public StoreShardStruct.Builder storeShard() {
            u16(0, Which.STORE_SHARD);
            return _initPointerField(StoreShardStruct.STRUCT, 0, 0);
        }

        public CommitColumnsStruct.Builder commitColumns() {
            u16(0, Which.COMMIT_COLUMNS);
            return _initPointerField(CommitColumnsStruct.STRUCT, 0, 0);
        }

        public void fetchManifest(ByteBuffer bytes) {
            u16(0, Which.FETCH_MANIFEST);
            data(0, bytes);
        }

        public ObjectDocumentsStruct.Builder objectKnown() {
            u16(0, Which.OBJECT_KNOWN);
            return _initPointerField(ObjectDocumentsStruct.STRUCT, 0, 0);
        }

        public DataList.Builder fetchHoldings(int count) {
            u16(0, Which.FETCH_HOLDINGS);
            return _initPointerField(DataList.factory, 0, count);
        }

        public StructList.Builder<HoldingStruct.Builder> holdings(int count) {
            u16(0, Which.HOLDINGS);
            return _initPointerField(HoldingStruct.LIST, 0, count);
        }

        public FetchShardStruct.Builder fetchShard() {
            u16(0, Which.FETCH_SHARD);
            return _initPointerField(FetchShardStruct.STRUCT, 0, 0);
        }

        public ShardFoundStruct.Builder shardFound() {
            u16(0, Which.SHARD_FOUND);
            return _initPointerField(ShardFoundStruct.STRUCT, 0, 0);
        }

        public AuditStruct.Builder audit() {
            u16(0, Which.AUDIT);
            return _initPointerField(AuditStruct.STRUCT, 0, 0);
        }

        public StructList.Builder<ProvenBlockStruct.Builder> auditAnswer(int count) {
            u16(0, Which.AUDIT_ANSWER);
            return _initPointerField(ProvenBlockStruct.LIST, 0, count);
        }

        public void putLease(ByteBuffer bytes) {
            u16(0, Which.PUT_LEASE);
            data(0, bytes);
        }

        public void accepted() {
            u16(0, Which.ACCEPTED);
        }

        public void notFound() {
            u16(0, Which.NOT_FOUND);
        }

        public StructList.Builder<HeldRangeStruct.Builder> missing(int count) {
            u16(0, Which.MISSING);
            return _initPointerField(HeldRangeStruct.LIST, 0, count);
        }

        public RefusedStruct.Builder refused() {
            u16(0, Which.REFUSED);
            return _initPointerField(RefusedStruct.STRUCT, 0, 0);
        }

        public FetchChangesStruct.Builder fetchChanges() {
            u16(0, Which.FETCH_CHANGES);
            return _initPointerField(FetchChangesStruct.STRUCT, 0, 0);
        }

        public ChangesStruct.Builder changes() {
            u16(0, Which.CHANGES);
            return _initPointerField(ChangesStruct.STRUCT, 0, 0);
        }

        public void announceObject(ByteBuffer bytes) {
            u16(0, Which.ANNOUNCE_OBJECT);
            data(0, bytes);
        }
    }
}
