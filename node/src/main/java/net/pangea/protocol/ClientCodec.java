package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.ObjectRef;
import net.pangea.protocol.ClientMessage.AskStatus;
import net.pangea.protocol.ClientMessage.Changed;
import net.pangea.protocol.ClientMessage.Content;
import net.pangea.protocol.ClientMessage.Continue;
import net.pangea.protocol.ClientMessage.DeleteObject;
import net.pangea.protocol.ClientMessage.DescribeObject;
import net.pangea.protocol.ClientMessage.Described;
import net.pangea.protocol.ClientMessage.Failed;
import net.pangea.protocol.ClientMessage.GetDone;
import net.pangea.protocol.ClientMessage.GetObject;
import net.pangea.protocol.ClientMessage.ListObjects;
import net.pangea.protocol.ClientMessage.Listed;
import net.pangea.protocol.ClientMessage.ObjectFound;
import net.pangea.protocol.ClientMessage.PinObject;
import net.pangea.protocol.ClientMessage.Problem;
import net.pangea.protocol.ClientMessage.PublishCatalogue;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.PutDone;
import net.pangea.protocol.ClientMessage.PutObject;
import net.pangea.protocol.ClientMessage.RenewObject;
import net.pangea.protocol.ClientMessage.RestoreCatalogue;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;
import net.pangea.protocol.ProtocolFailure.Kind;

/** The bytes of a client's messages: the type, then the fields. Every message has exactly one encoding. */
public final class ClientCodec {
    /** Entries on one page of a list: even the longest names make less than a frame of them. */
    public static final int PAGE_MAX = 1_024;

    private static final int ENTRY_BYTES_MAX = 2_048;

    /** {@return the content of the frame that carries {@code message}} */
    public Bytes encode(ClientMessage message) {
        ByteWriter out = new ByteWriter();
        switch (message) {
            case PutObject(String name, String mediaType, long sizeBytes, boolean pinned, var token) -> {
                out.u8(1).text(name).text(mediaType).u64(sizeBytes);
                optional(flag(out, pinned), token);
            }
            case Content(Bytes bytes) -> out.u8(2).sized(bytes);
            case GetObject(ObjectRef ref, long offset, long length) ->
                ref(out.u8(3), ref).u64(offset).u64(length);
            case ListObjects(String pattern, var after, int max) ->
                optional(out.u8(4).text(pattern), after).u16(max);
            case DeleteObject(Sha256 object) -> out.u8(5).raw(object.bytes());
            case DescribeObject(ObjectRef ref) -> ref(out.u8(6), ref);
            case PinObject(Sha256 object, boolean pinned) -> flag(out.u8(7).raw(object.bytes()), pinned);
            case RenewObject(Sha256 object, long millis) ->
                out.u8(8).raw(object.bytes()).u64(millis);
            case RestoreCatalogue() -> out.u8(9);
            case PublishCatalogue() -> out.u8(10);
            case AskStatus() -> out.u8(11);
            case Continue(int sizeBytes) -> out.u8(32).u32(sizeBytes);
            case PutDone done ->
                ref(out.u8(33), done.ref())
                        .u16(done.columnsStored())
                        .u16(done.columns())
                        .u16(done.peers())
                        .u16(done.peersMayBeLost())
                        .u16(done.domains())
                        .u16(done.domainsMayBeLost())
                        .u32(done.segmentsResumed());
            case ObjectFound found ->
                out.u8(34)
                        .text(found.name())
                        .text(found.mediaType())
                        .u64(found.sizeBytes())
                        .raw(found.content().bytes())
                        .u32(found.segmentBytes())
                        .u64(found.createdMillis())
                        .u64(found.length());
            case GetDone() -> out.u8(35);
            case Listed(List<CatalogueEntry> entries, boolean more) -> {
                flag(out.u8(36), more).u16(entries.size());
                entries.forEach(entry -> out.sized(entry.encode()));
            }
            case Described(ObjectInfo info) -> info(out.u8(37), info);
            case Changed(CatalogueEntry entry, int told, int peers) ->
                out.u8(38).sized(entry.encode()).u32(told).u32(peers);
            case Restored(long sequence, int entries, int added) ->
                out.u8(39).u64(sequence).u32(entries).u32(added);
            case Published(long sequence, int entries, int told) ->
                out.u8(40).u64(sequence).u32(entries).u32(told);
            case Status status -> status(out.u8(41), status);
            case Failed(Problem problem, String text) ->
                out.u8(42).u8(problem.code()).text(bounded(text));
        }
        return out.toBytes();
    }

    /**
     * {@return the message that a frame's content is}
     *
     * @throws ProtocolFailure MALFORMED if it is none
     */
    public ClientMessage decode(Bytes content) {
        try {
            ByteReader in = new ByteReader(content);
            ClientMessage message = decode(in);
            in.end();
            return message;
        } catch (MalformedBytes e) {
            throw new ProtocolFailure(Kind.MALFORMED, "not a message of a client: " + e.getMessage());
        }
    }

    private static ClientMessage decode(ByteReader in) {
        int type = in.u8();
        return switch (type) {
            case 1 -> new PutObject(name(in), mediaType(in), size(in), flag(in), optional(in));
            case 2 -> new Content(in.sized(ObjectLimits.SEGMENT_BYTES, "content"));
            case 3 -> new GetObject(ref(in), size(in), size(in));
            case 4 -> new ListObjects(name(in), optional(in), number(in.u16(), 1, PAGE_MAX, "page"));
            case 5 -> new DeleteObject(in.sha256());
            case 6 -> new DescribeObject(ref(in));
            case 7 -> new PinObject(in.sha256(), flag(in));
            case 8 -> new RenewObject(in.sha256(), size(in));
            case 9 -> new RestoreCatalogue();
            case 10 -> new PublishCatalogue();
            case 11 -> new AskStatus();
            case 32 -> new Continue(in.u32In(0, ObjectLimits.SEGMENT_BYTES, "segment size"));
            case 33 ->
                new PutDone(ref(in), in.u16(), in.u16(), in.u16(), in.u16(), in.u16(), in.u16(), count(in, "segments"));
            case 34 ->
                new ObjectFound(
                        name(in),
                        mediaType(in),
                        size(in),
                        in.sha256(),
                        in.u32In(1, ObjectLimits.SEGMENT_BYTES, "segment size"),
                        size(in),
                        size(in));
            case 35 -> new GetDone();
            case 36 -> listed(in);
            case 37 -> new Described(info(in));
            case 38 -> new Changed(entry(in), count(in, "peers"), count(in, "peers"));
            case 39 -> new Restored(size(in), count(in, "entries"), count(in, "entries"));
            case 40 -> new Published(size(in), count(in, "entries"), count(in, "peers"));
            case 41 -> status(in);
            case 42 -> {
                int code = in.u8();
                Problem problem =
                        Problem.ofCode(code).orElseThrow(() -> new MalformedBytes("problem " + code + " is unknown"));
                yield new Failed(problem, in.text(Limits.MAX_TEXT_BYTES, "text"));
            }
            default -> throw new MalformedBytes("message type " + type + " is unknown");
        };
    }

    private static ClientMessage listed(ByteReader in) {
        boolean more = flag(in);
        int count = number(in.u16(), 0, PAGE_MAX, "entries");
        List<CatalogueEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        return new Listed(entries, more);
    }

    private static void info(ByteWriter out, ObjectInfo info) {
        out.raw(info.object().bytes())
                .text(info.name())
                .text(info.mediaType())
                .u64(info.sizeBytes())
                .raw(info.content().bytes())
                .u64(info.createdMillis())
                .raw(info.owner().bytes())
                .u8(info.suite())
                .u16(info.dataShards())
                .u16(info.parityShards())
                .u32(info.segmentBytes())
                .u32(info.segments())
                .u16(info.columnsFound())
                .u32(info.peersAnswered())
                .u32(info.peersAsked())
                .u64(info.leaseSequence())
                .u64(info.expiresMillis());
        flag(out, info.deleted());
    }

    private static ObjectInfo info(ByteReader in) {
        Sha256 object = in.sha256();
        String name = name(in);
        String mediaType = mediaType(in);
        long sizeBytes = size(in);
        Sha256 content = in.sha256();
        long created = size(in);
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        int suite = in.u8();
        int dataShards = in.u16();
        int parityShards = in.u16();
        int segmentBytes = count(in, "segment size");
        int segments = count(in, "segments");
        int columnsFound = in.u16();
        return new ObjectInfo(
                object,
                name,
                mediaType,
                sizeBytes,
                content,
                created,
                owner,
                suite,
                dataShards,
                parityShards,
                segmentBytes,
                segments,
                columnsFound,
                columnsFound - dataShards,
                count(in, "peers"),
                count(in, "peers"),
                size(in),
                size(in),
                flag(in));
    }

    private static void status(ByteWriter out, Status status) {
        out.text(status.name())
                .text(status.owner())
                .text(status.zone())
                .u32(status.peers())
                .u32(status.peersHealthy())
                .u64(status.usedBytes())
                .u64(status.freeBytes())
                .u32(status.ownObjects())
                .u64(status.catalogueSequence());
        flag(out, status.catalogueDirty());
    }

    private static Status status(ByteReader in) {
        return new Status(
                in.text(Limits.MAX_TEXT_BYTES, "name"),
                in.text(Limits.MAX_TEXT_BYTES, "owner"),
                in.text(Limits.MAX_TEXT_BYTES, "zone"),
                count(in, "peers"),
                count(in, "peers"),
                size(in),
                size(in),
                count(in, "objects"),
                size(in),
                flag(in));
    }

    private static ByteWriter ref(ByteWriter out, ObjectRef ref) {
        return out.raw(ref.id().bytes())
                .raw(ref.placementKey().bytes())
                .raw(ref.key().bytes());
    }

    private static ObjectRef ref(ByteReader in) {
        return new ObjectRef(in.sha256(), in.sha256(), new DataKey(in.raw(DataKey.SIZE_BYTES)));
    }

    private static CatalogueEntry entry(ByteReader in) {
        return CatalogueEntry.decode(in.sized(ENTRY_BYTES_MAX, "entry"));
    }

    private static ByteWriter flag(ByteWriter out, boolean flag) {
        return out.u8(flag ? 1 : 0);
    }

    private static boolean flag(ByteReader in) {
        return in.u8In(0, 1, "flag") == 1;
    }

    private static ByteWriter optional(ByteWriter out, Optional<Sha256> hash) {
        flag(out, hash.isPresent());
        hash.ifPresent(present -> out.raw(present.bytes()));
        return out;
    }

    private static Optional<Sha256> optional(ByteReader in) {
        return flag(in) ? Optional.of(in.sha256()) : Optional.empty();
    }

    private static String name(ByteReader in) {
        return in.text(ObjectLimits.MAX_NAME_BYTES, "name");
    }

    private static String mediaType(ByteReader in) {
        return in.text(ObjectLimits.MAX_MEDIA_TYPE_BYTES, "media type");
    }

    private static long size(ByteReader in) {
        return in.u64In(0, Long.MAX_VALUE, "number");
    }

    private static int count(ByteReader in, String what) {
        return in.u32In(0, Integer.MAX_VALUE, what);
    }

    private static int number(int value, int min, int max, String what) {
        if (value < min || value > max) {
            throw new MalformedBytes(what + " is " + value + ", allowed are " + min + " to " + max);
        }
        return value;
    }

    /** A text that is too long is cut, to half of the bound: a cut inside a character only makes it longer. */
    private static String bounded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= Limits.MAX_TEXT_BYTES
                ? text
                : new String(utf8, 0, Limits.MAX_TEXT_BYTES / 2, StandardCharsets.UTF_8);
    }
}
