package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Message.Content;
import net.pangea.protocol.Message.Continue;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.FetchManifest;
import net.pangea.protocol.Message.FetchShard;
import net.pangea.protocol.Message.GetObject;
import net.pangea.protocol.Message.ManifestFound;
import net.pangea.protocol.Message.NotFound;
import net.pangea.protocol.Message.ObjectFound;
import net.pangea.protocol.Message.PutDone;
import net.pangea.protocol.Message.PutObject;
import net.pangea.protocol.Message.ShardFound;
import net.pangea.protocol.Message.ShardRange;
import net.pangea.protocol.Message.StoreManifest;
import net.pangea.protocol.Message.StoreShard;
import net.pangea.protocol.Message.Stored;
import net.pangea.protocol.Message.WantedShard;
import net.pangea.protocol.ProtocolFailure.Kind;

/** The bytes of a message: its type, then its fields. Every message has exactly one encoding. */
public final class MessageCodec {
    private static final int KEY_BYTES = 32;

    private MessageCodec() {}

    /** {@return the content of the frame that carries {@code message}} */
    public static Bytes encode(Message message) {
        ByteWriter out = new ByteWriter();
        switch (message) {
            case StoreShard(Sha256 id, Bytes shard) -> out.u8(1).raw(id.bytes()).sized(shard);
            case StoreManifest(Bytes manifest, List<ShardRange> ranges) -> {
                out.u8(2).sized(manifest).u16(ranges.size());
                ranges.forEach(
                        range -> out.u8(range.column()).u32(range.first()).u32(range.count()));
            }
            case FetchShard(Sha256 object, int segment, List<WantedShard> wanted) -> {
                out.u8(3).raw(object.bytes()).u32(segment).u16(wanted.size());
                wanted.forEach(shard -> out.u8(shard.column()).raw(shard.id().bytes()));
            }
            case FetchManifest(Sha256 object) -> out.u8(4).raw(object.bytes());
            case Stored(Sha256 id) -> out.u8(16).raw(id.bytes());
            case ShardFound(int column, Bytes shard) -> out.u8(17).u8(column).sized(shard);
            case ManifestFound(Bytes manifest) -> out.u8(18).sized(manifest);
            case NotFound() -> out.u8(19);
            case PutObject(String name, long sizeBytes) -> out.u8(32).text(name).u64(sizeBytes);
            case GetObject(Sha256 object, Bytes dataKey) ->
                out.u8(33).raw(object.bytes()).raw(dataKey);
            case Content(Bytes bytes) -> out.u8(34).sized(bytes);
            case Continue() -> out.u8(48);
            case PutDone(Sha256 object, Bytes key, int stored, int columns, int peers, int mayBeLost) ->
                out.u8(49)
                        .raw(object.bytes())
                        .raw(key)
                        .u16(stored)
                        .u16(columns)
                        .u16(peers)
                        .u16(mayBeLost);
            case ObjectFound(String name, long sizeBytes) ->
                out.u8(50).text(name).u64(sizeBytes);
            case Failed(FailureKind kind, String text) ->
                out.u8(51).u8(kind.code()).text(bounded(text));
        }
        return out.toBytes();
    }

    /**
     * {@return the message that a frame's content is}
     *
     * @throws ProtocolFailure MALFORMED if it is none
     */
    public static Message decode(Bytes content) {
        try {
            ByteReader in = new ByteReader(content);
            Message message = decode(in);
            in.end();
            return message;
        } catch (MalformedBytes e) {
            throw new ProtocolFailure(Kind.MALFORMED, "not a message: " + e.getMessage());
        }
    }

    private static Message decode(ByteReader in) {
        int type = in.u8();
        return switch (type) {
            case 1 -> new StoreShard(in.sha256(), in.sized(Limits.MAX_SHARD_BYTES, "shard"));
            case 2 -> new StoreManifest(in.sized(Limits.MAX_MANIFEST_BYTES, "manifest"), ranges(in));
            case 3 -> new FetchShard(in.sha256(), in.u32In(0, Limits.MAX_SEGMENTS - 1, "segment"), wanted(in));
            case 4 -> new FetchManifest(in.sha256());
            case 16 -> new Stored(in.sha256());
            case 17 -> new ShardFound(in.u8(), in.sized(Limits.MAX_SHARD_BYTES, "shard"));
            case 18 -> new ManifestFound(in.sized(Limits.MAX_MANIFEST_BYTES, "manifest"));
            case 19 -> new NotFound();
            case 32 -> new PutObject(in.text(Limits.MAX_NAME_BYTES, "name"), in.u64In(0, Long.MAX_VALUE, "size"));
            case 33 -> new GetObject(in.sha256(), in.raw(KEY_BYTES));
            case 34 -> new Content(in.sized(Limits.SEGMENT_BYTES, "content"));
            case 48 -> new Continue();
            case 49 -> new PutDone(in.sha256(), in.raw(KEY_BYTES), in.u16(), in.u16(), in.u16(), in.u16());
            case 50 ->
                new ObjectFound(
                        in.text(Limits.MAX_NAME_BYTES, "name"), in.u64In(0, Limits.MAX_OBJECT_BYTES, "object size"));
            case 51 -> {
                int code = in.u8();
                FailureKind kind = FailureKind.ofCode(code)
                        .orElseThrow(() -> new MalformedBytes("failure kind " + code + " is unknown"));
                yield new Failed(kind, in.text(Limits.MAX_TEXT_BYTES, "text"));
            }
            default -> throw new MalformedBytes("message type " + type + " is unknown");
        };
    }

    private static List<ShardRange> ranges(ByteReader in) {
        int count = count(in, Limits.MAX_RANGES, "ranges");
        List<ShardRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int column = in.u8();
            int first = in.u32In(0, Limits.MAX_SEGMENTS - 1, "first segment");
            ranges.add(new ShardRange(column, first, in.u32In(1, Limits.MAX_SEGMENTS - first, "segments")));
        }
        return ranges;
    }

    private static List<WantedShard> wanted(ByteReader in) {
        int count = count(in, Limits.MAX_COLUMNS, "wanted shards");
        List<WantedShard> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wanted.add(new WantedShard(in.u8(), in.sha256()));
        }
        return wanted;
    }

    private static int count(ByteReader in, int max, String what) {
        int count = in.u16();
        if (count > max) {
            throw new MalformedBytes(count + " " + what + ", at most " + max);
        }
        return count;
    }

    /** A text that is too long is cut, to half of the bound: a cut inside a character only makes it longer. */
    private static String bounded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= Limits.MAX_TEXT_BYTES
                ? text
                : new String(utf8, 0, Limits.MAX_TEXT_BYTES / 2, StandardCharsets.UTF_8);
    }
}
