package net.pangea.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Results;

/** Everything that reads what came from somewhere else. */
final class Decoders {

    /** Reads bytes, and gives the bytes of what it read. */
    interface Decoder {
        /** {@return what was read, encoded again} */
        Bytes decode(Bytes bytes);
    }

    /** Formats in which a value has one encoding. */
    static final Map<String, Decoder> CANONICAL = canonical();

    /** Formats of Protocol Buffers, in which others may write the same in several ways. */
    static final Map<String, Decoder> LOOSE = loose();

    private Decoders() {}

    private static Map<String, Decoder> canonical() {
        Map<String, Decoder> decoders = new LinkedHashMap<>();
        decoders.put("multihash", bytes -> Multihash.decode(bytes).encode());
        decoders.put("cid", bytes -> Cid.decode(bytes).encode());
        decoders.put("peerid", bytes -> new PeerId(bytes).bytes());
        decoders.put(
                "multiaddr",
                bytes -> Multiaddr.parse(Multiaddr.decode(bytes).toString()).bytes());
        return decoders;
    }

    private static Map<String, Decoder> loose() {
        Map<String, Decoder> decoders = new LinkedHashMap<>();
        decoders.put("publickey", bytes -> PublicKey.decode(bytes).encode());
        decoders.put("envelope", bytes -> Envelope.decode(bytes).encode());
        decoders.put("peerrecord", bytes -> PeerRecord.decode(bytes).encode());
        return decoders;
    }

    static Decoder of(String format) {
        return Objects.requireNonNull(all().get(format), format);
    }

    static Map<String, Decoder> all() {
        Map<String, Decoder> all = new LinkedHashMap<>(CANONICAL);
        all.putAll(LOOSE);
        return all;
    }

    /** Gives bytes to everything, as what they are and as text; whatever fails fails with what it says it does. */
    static void readAsEverything(Bytes bytes) {
        for (Decoder decoder : all().values()) {
            try {
                var _ = decoder.decode(bytes);
            } catch (MalformedBytes e) {
                requireMessage(e);
            }
        }
        readFields(bytes);
        useAsAddress(bytes);
        var _ = PeerRecord.open(bytes, Results.COMPUTED);
        for (PublicKey.Type type : PublicKey.Type.values()) {
            var _ = new PublicKey(type, bytes).verifies(bytes, bytes);
        }
        readAsText(new String(bytes.toArray(), StandardCharsets.ISO_8859_1));
        readAsText(new String(bytes.toArray(), StandardCharsets.UTF_8));
    }

    static void readAsText(String text) {
        var _ = PeerId.parse(text);
        var _ = Cid.parse(text);
        var _ = Multihash.parse(text);
        var _ = Multibase.decode(text);
        try {
            var _ = Multiaddr.parse(text);
        } catch (MalformedMultiaddr e) {
            requireMessage(e);
        }
    }

    private static void useAsAddress(Bytes bytes) {
        try {
            Multiaddr address = Multiaddr.decode(bytes);
            var _ = address.tcpEndpoint().or(address::quicEndpoint);
            var _ = address.hostName().flatMap(_ -> address.resolvedTo(IpAddress.of(192, 0, 2, 1)));
            address.peer().flatMap(PeerId::publicKey).ifPresent(key -> {
                var _ = address.withoutPeer().withPeer(PeerId.of(key));
            });
        } catch (MalformedBytes e) {
            requireMessage(e);
        }
    }

    private static void readFields(Bytes bytes) {
        try {
            ProtoReader in = new ProtoReader(bytes);
            while (in.next()) {
                if (in.field() % 3 == 1) {
                    var _ = in.text();
                }
            }
        } catch (MalformedBytes e) {
            requireMessage(e);
        }
        try {
            ByteReader in = new ByteReader(bytes);
            while (in.remaining() > 0) {
                var _ = Varint.read(in);
            }
        } catch (MalformedBytes e) {
            requireMessage(e);
        }
    }

    private static void requireMessage(RuntimeException e) {
        if (e.getMessage() == null || e.getMessage().contains("null")) {
            throw new AssertionError("a failure that says nothing", e);
        }
    }
}
