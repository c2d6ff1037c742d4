package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.protocol.PeerMessage.AuditAnswer;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.protocol.ProtocolFailure.Kind;
import net.pangea.schema.PeerMessageStruct;
import org.capnproto.MessageBuilder;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/**
 * The bytes of a {@link PeerMessage}: struct {@code PeerMessage} of {@code pangea.capnp}, unpacked, in one segment.
 *
 * <pre>
 * number of segments less one: 0 (u32) | words of the segment (u32) | the segment, in words of 8 bytes
 * </pre>
 *
 * Both numbers are little-endian. A message that points twice to the same bytes is refused: reading it takes no more work
 * and memory than its own size.
 */
public final class PeerCodec implements Codec<PeerMessage> {
    private static final int TABLE_BYTES = 2 * Integer.BYTES;
    private static final int WORD_BYTES = 8;

    /** All fields but blobs and long lists. */
    private static final int FIRST_WORDS = 128;

    /** A pointer and a hash. */
    private static final int OBJECT_WORDS = 5;

    /** A struct and the tag of its list. */
    private static final int HOLDING_WORDS = 4;

    private static final int TAG_WORDS = 2;

    /** A struct and its list of one range, with a tag. */
    private static final int COLUMN_WORDS = 4;

    /** Message, struct, list, list: with a little room for structs around them. */
    private static final int MAX_NESTING = 8;

    @Override
    public Bytes encode(PeerMessage message) {
        ByteBuffer[] segments = build(message, FIRST_WORDS + expectedWords(message));
        if (segments.length > 1) {
            int words = 0;
            for (ByteBuffer segment : segments) {
                words += segment.remaining() / WORD_BYTES;
            }
            segments = build(message, words); // what filled several segments fits into one of their size
        }
        int size = TABLE_BYTES + segments[0].remaining();
        if (size > Limits.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a " + message.getClass().getSimpleName() + " of " + size
                    + " bytes, at most " + Limits.MAX_FRAME_BYTES + ": say it in several messages");
        }
        byte[] content = new byte[size];
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(segments[0].remaining() / WORD_BYTES)
                .put(segments[0]);
        return Bytes.wrap(content);
    }

    private static ByteBuffer[] build(PeerMessage message, int firstWords) {
        MessageBuilder out = new MessageBuilder(firstWords);
        try {
            PeerMessageWriter.write(message, out.initRoot(PeerMessageStruct.STRUCT));
        } catch (MalformedBytes e) {
            throw new IllegalArgumentException(
                    "not a " + message.getClass().getSimpleName() + " that could be read: " + e.getMessage(), e);
        }
        return out.getSegmentsForOutput();
    }

    /** {@return what the blobs and long lists of a message take, about} */
    private static int expectedWords(PeerMessage message) {
        return switch (message) {
            case StoreShard store -> words(store.shard().size());
            case ShardFound found -> words(found.shard().size());
            case AuditAnswer answer ->
                answer.blocks().stream()
                        .mapToInt(block -> words(block.block().size()))
                        .sum();
            case FetchHoldings fetch -> fetch.objects().size() * OBJECT_WORDS;
            case Holdings holdings -> wordsOf(holdings.objects());
            case FetchChanges fetch -> fetch.objects().size() * OBJECT_WORDS;
            case Changes changes ->
                wordsOf(changes.objects()) + changes.changed().size() * (TAG_WORDS + HOLDING_WORDS + COLUMN_WORDS);
            default -> 0;
        };
    }

    private static int wordsOf(List<Holding> objects) {
        int words = 0;
        for (Holding object : objects) {
            words += HOLDING_WORDS + object.columns().size() * COLUMN_WORDS;
        }
        return words;
    }

    private static int words(int bytes) {
        return Math.ceilDiv(bytes, WORD_BYTES);
    }

    @Override
    public PeerMessage decode(Bytes content) {
        try {
            ByteBuffer segment = onlySegment(content);
            ReaderOptions limits = new ReaderOptions(segment.capacity() / WORD_BYTES, MAX_NESTING);
            return PeerMessageReader.read(
                    new MessageReader(new ByteBuffer[] {segment}, limits).getRoot(PeerMessageStruct.STRUCT));
        } catch (RuntimeException e) {
            // What the Cap'n Proto runtime finds wrong it says by several kinds of exceptions, some of them the JDK's.
            throw new ProtocolFailure(
                    Kind.MALFORMED, "not a message: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static ByteBuffer onlySegment(Bytes content) {
        ByteBuffer bytes = content.asBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < TABLE_BYTES + WORD_BYTES) {
            throw new MalformedBytes("cut off: it has " + bytes.remaining() + " bytes");
        }
        long segments = Integer.toUnsignedLong(bytes.getInt()) + 1;
        if (segments != 1) {
            throw new MalformedBytes("it has " + segments + " segments, not one");
        }
        long words = Integer.toUnsignedLong(bytes.getInt());
        if (words * WORD_BYTES != bytes.remaining()) {
            throw new MalformedBytes("its segment has " + words + " words, but " + bytes.remaining() + " bytes follow");
        }
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
