package net.pangea.legacy;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyRefusal.Reason;

/**
 * What is asked over one stream of {@link #PROTOCOL}. Numbers are big-endian:
 *
 * <pre>
 * fetch shard  01 | u16 length | hash | u32 index
 * fetch share  02 | u16 length | id
 * store shard  03 | u16 length | hash | u32 index | shard, until the stream ends
 * store share  04 | u16 length | id | u32 peer it is from | u32 length | share
 * </pre>
 *
 * A fetch is answered by the raw bytes, by none if there are none; what was stored by {@code OK}.
 *
 * <p>Hashes and ids are whatever bytes their maker chose; the original's are hexadecimal text.
 */
public sealed interface LegacyRequest {
    /** The protocol's name on the wire. */
    String PROTOCOL = "/pangea/rpc/1.0.0";

    /** The longest hash or id: twice the hexadecimal digits of the longest hash in use, one of 512 bits. */
    int MAX_ID_BYTES = 256;

    /** The longest shard or share: as much as an original node reads of one. */
    int MAX_DATA_BYTES = 1 << 20;

    /** Asks for a shard. */
    record FetchShard(Bytes hash, long index) implements LegacyRequest {
        public FetchShard {
            requireId(hash);
            requireU32(index);
        }
    }

    /** Asks for a share. */
    record FetchShare(Bytes id) implements LegacyRequest {
        public FetchShare {
            requireId(id);
        }
    }

    /**
     * Hands a shard over.
     *
     * @param data not empty: the answer to a fetch could not be told from that for none
     */
    record StoreShard(Bytes hash, long index, Bytes data) implements LegacyRequest {
        public StoreShard {
            requireId(hash);
            requireU32(index);
            requireData(data);
        }
    }

    /**
     * Hands a share over.
     *
     * @param fromPeer the number that whoever sends it has given to the peer it is from; it means nothing to others
     * @param share not empty, as of {@link StoreShard}
     */
    record StoreShare(Bytes id, long fromPeer, Bytes share) implements LegacyRequest {
        public StoreShare {
            requireId(id);
            requireU32(fromPeer);
            requireData(share);
        }
    }

    /** {@return its bytes} After a {@link StoreShard} the stream has to end. */
    default Bytes encode() {
        ByteWriter out = new ByteWriter();
        switch (this) {
            case FetchShard(Bytes hash, long index) ->
                out.u8(1).u16(hash.size()).raw(hash).u32(index);
            case FetchShare(Bytes id) -> out.u8(2).u16(id.size()).raw(id);
            case StoreShard(Bytes hash, long index, Bytes data) ->
                out.u8(3).u16(hash.size()).raw(hash).u32(index).raw(data);
            case StoreShare(Bytes id, long fromPeer, Bytes share) ->
                out.u8(4).u16(id.size()).raw(id).u32(fromPeer).sized(share);
        }
        return out.toBytes();
    }

    /**
     * {@return the request that these bytes are, from the first to the last}
     *
     * @throws LegacyRefusal MALFORMED, CUT_OFF or TOO_LARGE
     */
    static LegacyRequest decode(Bytes bytes) {
        BytesInput in = new BytesInput(bytes);
        LegacyRequest request = read(in);
        if (in.remaining() > 0) {
            throw new LegacyRefusal(Reason.MALFORMED, in.remaining() + " bytes behind the request");
        }
        return request;
    }

    /**
     * {@return the request that comes} Of all but a {@link StoreShard} the end is not waited for: original nodes need not end
     * what they say before they are answered. What comes behind is not read.
     *
     * @throws LegacyRefusal MALFORMED, CUT_OFF or TOO_LARGE
     */
    static <X extends Exception> LegacyRequest read(Input<X> in) throws X {
        int type = new ByteReader(in.exactly(1, "type")).u8();
        if (type < 1 || type > 4) {
            throw new LegacyRefusal(Reason.MALFORMED, "a request of type " + type + ", there are 1 to 4");
        }
        Bytes id = id(in);
        return switch (type) {
            case 1 -> new FetchShard(id, u32(in, "index"));
            case 2 -> new FetchShare(id);
            case 3 -> new StoreShard(id, u32(in, "index"), notEmpty(in.untilEnd(MAX_DATA_BYTES, "shard")));
            default -> {
                long fromPeer = u32(in, "peer");
                long length = u32(in, "length");
                if (length > MAX_DATA_BYTES) {
                    throw Input.tooLarge("share", MAX_DATA_BYTES);
                }
                yield new StoreShare(id, fromPeer, notEmpty(in.exactly((int) length, "share")));
            }
        };
    }

    private static <X extends Exception> Bytes id(Input<X> in) throws X {
        int length = new ByteReader(in.exactly(2, "length")).u16();
        if (length > MAX_ID_BYTES) {
            throw Input.tooLarge("name", MAX_ID_BYTES);
        }
        if (length == 0) {
            throw new LegacyRefusal(Reason.MALFORMED, "a request for something without a name");
        }
        return in.exactly(length, "name");
    }

    private static <X extends Exception> long u32(Input<X> in, String what) throws X {
        return new ByteReader(in.exactly(Integer.BYTES, what)).u32();
    }

    private static Bytes notEmpty(Bytes data) {
        if (data.size() == 0) {
            throw new LegacyRefusal(Reason.MALFORMED, "nothing to be stored");
        }
        return data;
    }

    private static void requireId(Bytes id) {
        if (id.size() == 0 || id.size() > MAX_ID_BYTES) {
            throw new IllegalArgumentException("a hash or id has 1 to " + MAX_ID_BYTES + " bytes, not " + id.size());
        }
    }

    private static void requireU32(long number) {
        if (number < 0 || number > 0xffff_ffffL) {
            throw new IllegalArgumentException(number + " does not fit into 32 bits");
        }
    }

    private static void requireData(Bytes data) {
        if (data.size() == 0 || data.size() > MAX_DATA_BYTES) {
            throw new IllegalArgumentException(
                    "a shard or share has 1 to " + MAX_DATA_BYTES + " bytes, not " + data.size());
        }
    }
}
