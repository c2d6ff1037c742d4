package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.ascii;
import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Results;
import net.pangea.multiformats.PeerRecord.Genuine;
import net.pangea.multiformats.PeerRecord.Opened;
import net.pangea.multiformats.PeerRecord.Refusal;
import net.pangea.multiformats.PeerRecord.Refused;

class PeerRecordTest {
    private static final IdentityKey KEY =
            IdentityKey.ofSeed(hex("7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"));
    private static final IdentityKey OTHER = IdentityKey.ofSeed(Bytes.wrap(new byte[32]));
    private static final List<Multiaddr> ADDRESSES =
            List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"), Multiaddr.parse("/ip6/2001:db8::1/udp/4001/quic-v1"));
    private static final Bytes SIGNED = PeerRecord.sign(KEY, 1_700_000_000_000L, ADDRESSES);

    /** Sealed by @libp2p/peer-record of js-libp2p 3.3.11, with the key, sequence and addresses above. */
    private static final String SIGNED_BY_JS_LIBP2P =
            "0a24080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e120203011a560a26002408011220"
                    + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e1080d095ffbc311a0a0a08047f000001"
                    + "060fa11a190a172920010db800000000000000000000000191020fa1cd032a405aa5d4c52aee4a3c0bc33fee996d10d7"
                    + "b6b9494df4a63764224960df1e095ce4ea744557fee3b48f427fff7966f092a39b92dd06ee2dbda24e4abf6934e4d30b";

    @Provide
    Arbitrary<List<Multiaddr>> addresses() {
        return AddressArbitraries.addresses().list().ofMaxSize(6);
    }

    @Property(tries = 200)
    void a_record_is_opened_as_it_was_signed(
            @ForAll @LongRange(min = 0) long sequence, @ForAll("addresses") List<Multiaddr> addresses) {
        assertThat(PeerRecord.open(PeerRecord.sign(KEY, sequence, addresses), Results.COMPUTED))
                .isEqualTo(new Genuine(new PeerRecord(KEY.peerId(), sequence, addresses)));
    }

    @Example
    void an_envelope_is_that_of_js_libp2p() {
        assertThat(SIGNED.hex()).isEqualTo(SIGNED_BY_JS_LIBP2P);
        assertThat(PeerRecord.open(SIGNED, Results.COMPUTED).ifGenuine())
                .contains(new PeerRecord(KEY.peerId(), 1_700_000_000_000L, ADDRESSES));
    }

    @Property(tries = 2_000)
    void a_changed_envelope_is_refused(@ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = SIGNED.toArray();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;

        assertThat(PeerRecord.open(Bytes.wrap(bytes), Results.COMPUTED)).isInstanceOf(Refused.class);
    }

    @Property(tries = 400)
    void a_cut_envelope_is_refused(@ForAll int where) {
        assertThat(PeerRecord.open(SIGNED.slice(0, Math.floorMod(where, SIGNED.size())), Results.COMPUTED))
                .isInstanceOf(Refused.class);
    }

    @Example
    void a_record_that_another_peer_signed_is_refused() {
        Bytes payload = new PeerRecord(KEY.peerId(), 7, ADDRESSES).encode();

        assertRefused(seal(OTHER, PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, payload), Refusal.OTHER_SIGNER);
    }

    @Example
    void a_forged_record_is_refused() {
        Envelope genuine = Envelope.decode(SIGNED);
        Bytes newer = new PeerRecord(KEY.peerId(), Long.MAX_VALUE, ADDRESSES).encode();
        Bytes byOther = OTHER.sign(newer);

        assertRefused(
                new Envelope(KEY.publicKey(), PeerRecord.PAYLOAD_TYPE, newer, genuine.signature()).encode(),
                Refusal.FORGED);
        assertRefused(new Envelope(KEY.publicKey(), PeerRecord.PAYLOAD_TYPE, newer, byOther).encode(), Refusal.FORGED);
        assertRefused(
                new Envelope(KEY.publicKey(), PeerRecord.PAYLOAD_TYPE, newer, Bytes.EMPTY).encode(), Refusal.FORGED);
    }

    @Example
    void a_signature_for_another_purpose_does_not_count() {
        Bytes payload = new PeerRecord(KEY.peerId(), 7, ADDRESSES).encode();

        assertRefused(seal(KEY, "libp2p-routing-state", PeerRecord.PAYLOAD_TYPE, payload), Refusal.FORGED);
        assertRefused(seal(KEY, PeerRecord.DOMAIN, ascii("/libp2p/routing-state-record"), payload), Refusal.OTHER_TYPE);
    }

    /** The sizes before domain, type and payload keep them apart. */
    @Property(tries = 100)
    void bytes_do_not_move_between_domain_type_and_payload(
            @ForAll @Size(max = 20) byte[] all, @ForAll @IntRange(max = 19) int where) {
        Bytes bytes = Bytes.copyOf(all);
        int cut = Math.min(where, bytes.size());
        Envelope one = Envelope.seal(KEY, "domain", bytes, Bytes.EMPTY);
        Envelope two = new Envelope(one.signer(), bytes.slice(0, cut), bytes.slice(cut, bytes.size()), one.signature());

        assertThat(one.isGenuine("domain", Results.COMPUTED)).isTrue();
        assertThat(one.isGenuine("domai", Results.COMPUTED)).isFalse();
        assertThat(two.isGenuine("domain", Results.COMPUTED)).isEqualTo(two.equals(one));
        assertThat(Envelope.decode(one.encode())).isEqualTo(one);
    }

    /** Such as those of go-libp2p for WebRTC. */
    @Example
    void addresses_that_are_not_understood_are_passed_over() {
        Bytes payload = new ProtoWriter()
                .bytes(1, KEY.peerId().bytes())
                .number(2, 3)
                .message(3, new ProtoWriter().bytes(1, hex("047f00000191020fa19802")))
                .message(
                        3,
                        new ProtoWriter().bytes(1, ADDRESSES.getFirst().bytes()).text(9, "metadata"))
                .message(3, new ProtoWriter())
                .bytes(3, hex("ffff"))
                .toBytes();

        assertThat(open(payload)).contains(new PeerRecord(KEY.peerId(), 3, List.of(ADDRESSES.getFirst())));
    }

    @Example
    void addresses_beyond_the_bound_are_passed_over() {
        List<Multiaddr> many = IntStream.range(0, PeerRecord.MAX_ADDRESSES + 1)
                .mapToObj(port -> Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port))
                .toList();
        Bytes payload = new PeerRecord(KEY.peerId(), 3, many).encode();

        assertThat(open(payload)).contains(new PeerRecord(KEY.peerId(), 3, many.subList(0, PeerRecord.MAX_ADDRESSES)));
    }

    /** Writers of protobuf version 3 leave a zero out. */
    @Example
    void a_record_without_a_sequence_is_the_first() {
        Bytes payload = new ProtoWriter().bytes(1, KEY.peerId().bytes()).toBytes();

        assertThat(open(payload)).contains(new PeerRecord(KEY.peerId(), 0, List.of()));
    }

    @Example
    void what_is_no_record_is_refused_as_malformed() {
        assertRefused(Bytes.EMPTY, Refusal.MALFORMED);
        assertRefused(hex("ffff"), Refusal.MALFORMED);
        assertRefused(seal(KEY, PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, Bytes.EMPTY), Refusal.MALFORMED);
        assertRefused(seal(KEY, PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, hex("0a021234")), Refusal.MALFORMED);
        assertRefused(
                seal(
                        KEY,
                        PeerRecord.DOMAIN,
                        PeerRecord.PAYLOAD_TYPE,
                        new ProtoWriter()
                                .bytes(1, KEY.peerId().bytes())
                                .bytes(2, Bytes.EMPTY)
                                .toBytes()),
                Refusal.MALFORMED);
        Bytes tooLong = seal(KEY, PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, Bytes.wrap(new byte[Envelope.MAX_BYTES]));
        assertRefused(tooLong, Refusal.MALFORMED);
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Envelope.decode(tooLong))
                .withMessageContaining("at most 8192 are allowed");
    }

    private static Optional<PeerRecord> open(Bytes payload) {
        return PeerRecord.open(seal(KEY, PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, payload), Results.COMPUTED)
                .ifGenuine();
    }

    private static Bytes seal(IdentityKey key, String domain, Bytes type, Bytes payload) {
        return Envelope.seal(key, domain, type, payload).encode();
    }

    private static void assertRefused(Bytes envelope, Refusal why) {
        Opened opened = PeerRecord.open(envelope, Results.COMPUTED);
        assertThat(opened).isEqualTo(new Refused(why));
        assertThat(opened.ifGenuine()).isEmpty();
    }
}
