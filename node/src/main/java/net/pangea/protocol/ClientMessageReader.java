package net.pangea.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.ByteReader;
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
import net.pangea.protocol.ClientMessage.FindProviders;
import net.pangea.protocol.ClientMessage.GetDone;
import net.pangea.protocol.ClientMessage.GetObject;
import net.pangea.protocol.ClientMessage.ListObjects;
import net.pangea.protocol.ClientMessage.Listed;
import net.pangea.protocol.ClientMessage.LookUp;
import net.pangea.protocol.ClientMessage.LookedUp;
import net.pangea.protocol.ClientMessage.ObjectFound;
import net.pangea.protocol.ClientMessage.PinObject;
import net.pangea.protocol.ClientMessage.Problem;
import net.pangea.protocol.ClientMessage.ProvidersFound;
import net.pangea.protocol.ClientMessage.PublishCatalogue;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.PutDone;
import net.pangea.protocol.ClientMessage.PutObject;
import net.pangea.protocol.ClientMessage.RenewObject;
import net.pangea.protocol.ClientMessage.RestoreCatalogue;
import net.pangea.protocol.ClientMessage.Restored;
import net.pangea.protocol.ClientMessage.Status;

/** Reads what a client and its node say to each other; fails with {@link MalformedBytes} only. */
final class ClientMessageReader {
    private static final int ENTRY_BYTES_MAX = 2_048;

    private ClientMessageReader() {}

    static ClientMessage read(ByteReader in) {
        int type = in.u8();
        return switch (type) {
            case 1 -> new PutObject(name(in), mediaType(in), size(in), flag(in), optional(in));
            case 2 -> new Content(in.sized(ObjectLimits.SEGMENT_BYTES, "content"));
            case 3 -> new GetObject(ref(in), size(in), size(in));
            case 4 -> new ListObjects(name(in), optional(in), number(in.u16(), 1, ClientCodec.PAGE_MAX, "page"));
            case 5 -> new DeleteObject(in.sha256());
            case 6 -> new DescribeObject(ref(in));
            case 7 -> new PinObject(in.sha256(), flag(in));
            case 8 -> new RenewObject(in.sha256(), size(in));
            case 9 -> new RestoreCatalogue();
            case 10 -> new PublishCatalogue();
            case 11 -> new AskStatus();
            case 12 -> new LookUp(in.sized(LookUp.KEY_BYTES_MAX, "key"));
            case 13 -> new FindProviders(in.sha256());
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
            case 43 -> lookedUp(in);
            case 44 -> new ProvidersFound(peerIds(in));
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
        int count = number(in.u16(), 0, ClientCodec.PAGE_MAX, "entries");
        List<CatalogueEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        return new Listed(entries, more);
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

    private static LookedUp lookedUp(ByteReader in) {
        List<String> peers = peerIds(in);
        return new LookedUp(peers, count(in, "hops"), count(in, "requests"), count(in, "unanswered"));
    }

    private static List<String> peerIds(ByteReader in) {
        List<String> peers = new ArrayList<>();
        int count = in.u16In(0, LookedUp.PEERS_MAX, "peers");
        for (int i = 0; i < count; i++) {
            peers.add(in.text(LookedUp.PEER_BYTES_MAX, "peer id"));
        }
        return peers;
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
                flag(in),
                in.text(Limits.MAX_TEXT_BYTES, "discovery"),
                in.text(Limits.MAX_TEXT_BYTES, "legacy"),
                ended(in));
    }

    private static SortedMap<String, Long> ended(ByteReader in) {
        int reasons = in.u32In(0, Status.REASONS_MAX, "reasons");
        SortedMap<String, Long> ended = new TreeMap<>();
        for (int i = 0; i < reasons; i++) {
            String reason = in.text(Limits.MAX_TEXT_BYTES, "reason");
            if (i > 0 && reason.compareTo(ended.lastKey()) <= 0) {
                throw new MalformedBytes("reason " + reason + " after " + ended.lastKey());
            }
            ended.put(reason, size(in));
        }
        return ended;
    }

    private static ObjectRef ref(ByteReader in) {
        return new ObjectRef(in.sha256(), in.sha256(), new DataKey(in.raw(DataKey.SIZE_BYTES)));
    }

    private static CatalogueEntry entry(ByteReader in) {
        return CatalogueEntry.decode(in.sized(ENTRY_BYTES_MAX, "entry"));
    }

    private static boolean flag(ByteReader in) {
        return in.u8In(0, 1, "flag") == 1;
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
}
