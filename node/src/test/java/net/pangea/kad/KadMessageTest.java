package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.kad.NamedPeer.Connection;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Mutations;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.ProtoWriter;

class KadMessageTest {
    private static final int CHANGES_OF_A_LINE = 300;

    /** An id whose key is 32 zeros. */
    private static final String ID = "0024" + "08011220" + "00".repeat(32);

    private static final PeerId PEER = new PeerId(hex(ID));

    /** /ip4/192.0.2.1/tcp/4001 */
    private static final String ADDRESS = "04c0000201" + "060fa1";

    @Example
    void requests_are_the_fields_of_the_specification() {
        Bytes key = ascii("/a/b");

        assertThat(KadMessage.ping().encode()).isEqualTo(hex("0805"));
        assertThat(KadMessage.request(KadMessage.Type.FIND_NODE, PEER.bytes()).encode())
                .isEqualTo(hex("0804" + "1226" + ID));
        assertThat(KadMessage.request(KadMessage.Type.GET_VALUE, key).encode())
                .isEqualTo(hex("0801" + "1204" + "2f612f62"));
        assertThat(KadMessage.putValue(new ValueRecord(key, ascii("v"), "")).encode())
                .isEqualTo(hex("1204" + "2f612f62" + "1a09" + "0a042f612f62" + "120176"));
        assertThat(KadMessage.addProvider(key, new Contact(PEER, List.of(hex(ADDRESS))))
                        .encode())
                .isEqualTo(hex("0802" + "1204" + "2f612f62" + "4a32" + "0a26" + ID + "1208" + ADDRESS));
    }

    @Example
    void a_reply_is_read_whatever_the_order_of_its_fields_is() {
        String peer = "4236" + "1801" + "1208" + ADDRESS + "0a26" + ID + "2200";
        String record = "1a16" + "2a" + "14" + "323032362d30312d30315430303a30303a30305a";

        KadMessage read = KadMessage.decode(hex(peer + "5001" + record + "0801"));

        Contact contact = new Contact(PEER, List.of(hex(ADDRESS)));
        assertThat(read.type()).isEqualTo(KadMessage.Type.GET_VALUE);
        assertThat(read.closer()).containsExactly(new NamedPeer(contact, Connection.CONNECTED));
        assertThat(read.record().flatMap(ValueRecord::received)).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Property(tries = 300)
    void a_message_is_read_as_it_was_written(@ForAll long seed) {
        KadMessage message = random(RandomStream.of(seed, "message"), Contact.MAX_ADDRESSES, 40);

        assertThat(KadMessage.decode(message.encode())).isEqualTo(message);
    }

    @Property(tries = 100)
    void a_message_that_is_too_large_is_sent_with_fewer_addresses_and_nothing_else_missing(
            @ForAll long seed, @ForAll @IntRange(max = Contact.MAX_ADDRESS_BYTES) int addressBytes) {
        RandomStream random = RandomStream.of(seed, "large");
        KadMessage message = new KadMessage(
                KadMessage.Type.GET_VALUE,
                Bytes.wrap(new byte[ValueRecord.MAX_KEY_BYTES]),
                Optional.of(new ValueRecord(
                        Bytes.wrap(new byte[ValueRecord.MAX_KEY_BYTES]),
                        Bytes.wrap(new byte[ValueRecord.MAX_VALUE_BYTES]),
                        Instant.EPOCH.toString())),
                peers(KadMessage.MAX_CLOSER, random, Contact.MAX_ADDRESSES, addressBytes),
                peers(KadMessage.MAX_PROVIDERS, random, Contact.MAX_ADDRESSES, addressBytes));

        Bytes encoded = message.encodeFitted();

        KadMessage fitted = KadMessage.decode(encoded);
        assertThat(encoded.size()).isLessThanOrEqualTo(KadMessage.MAX_SENT_BYTES);
        assertThat(fitted.record()).isEqualTo(message.record());
        assertThat(ids(fitted.closer())).isEqualTo(ids(message.closer()));
        assertThat(ids(fitted.providers())).isEqualTo(ids(message.providers()));
    }

    @Example
    void a_message_that_fits_is_sent_as_it_is() {
        KadMessage message = random(RandomStream.of(1, "message"), 2, 20);

        assertThat(message.encodeFitted()).isEqualTo(message.encode());
    }

    @Example
    void peers_of_an_unknown_kind_or_beyond_the_bounds_and_addresses_beyond_theirs_are_left_out() {
        ProtoWriter message = new ProtoWriter().number(1, 4);
        message.bytes(8, hex("0a03" + "120199"));
        message.bytes(8, hex(""));
        ProtoWriter peer = new ProtoWriter().bytes(1, PEER.bytes());
        peer.bytes(2, Bytes.wrap(new byte[Contact.MAX_ADDRESS_BYTES + 1]));
        for (int i = 0; i < Contact.MAX_ADDRESSES + 5; i++) {
            peer.bytes(2, hex(ADDRESS));
        }
        for (int i = 0; i < KadMessage.MAX_PROVIDERS + 5; i++) {
            message.message(8, peer).message(9, peer);
        }

        KadMessage read = KadMessage.decode(message.toBytes());

        assertThat(read.closer())
                .hasSize(KadMessage.MAX_CLOSER)
                .allSatisfy(named -> assertThat(named.contact().addresses())
                        .hasSize(Contact.MAX_ADDRESSES)
                        .containsOnly(hex(ADDRESS)));
        assertThat(read.providers()).hasSize(KadMessage.MAX_PROVIDERS);
    }

    @Example
    void an_unknown_type_and_keys_values_and_times_that_are_too_long_are_malformed() {
        Bytes longKey = Bytes.wrap(new byte[ValueRecord.MAX_KEY_BYTES + 1]);
        Bytes longValue = Bytes.wrap(new byte[ValueRecord.MAX_VALUE_BYTES + 1]);

        assertMalformed(hex("0806"), "type 6");
        assertMalformed(hex("08ffffffffffffffffff01"), "type 18446744073709551615");
        assertMalformed(new ProtoWriter().bytes(2, longKey).toBytes(), "257 bytes");
        assertMalformed(withRecord(new ProtoWriter().bytes(1, longKey)), "257 bytes");
        assertMalformed(withRecord(new ProtoWriter().bytes(2, longValue)), "10241");
        assertMalformed(withRecord(new ProtoWriter().text(5, "9".repeat(65))), "65");
        assertMalformed(hex("1205aabb"), "5 bytes, 2 are left");
    }

    @Example
    void what_is_too_long_is_not_written() {
        Bytes longKey = Bytes.wrap(new byte[ValueRecord.MAX_KEY_BYTES + 1]);
        List<NamedPeer> many = peers(KadMessage.MAX_CLOSER + 1, RandomStream.of(1, "many"), 0, 0);

        assertThatThrownBy(() -> KadMessage.request(KadMessage.Type.GET_VALUE, longKey))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new KadMessage(KadMessage.Type.FIND_NODE, Bytes.EMPTY, Optional.empty(), many, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void a_time_that_says_nothing_is_no_time() {
        assertThat(new ValueRecord(Bytes.EMPTY, Bytes.EMPTY, "yesterday").received())
                .isEmpty();
        assertThat(new ValueRecord(Bytes.EMPTY, Bytes.EMPTY, "2026-01-01T01:00:00.5+01:00").received())
                .contains(Instant.parse("2026-01-01T00:00:00.5Z"));
    }

    @Property(tries = 10_000)
    void changed_bytes_are_a_message_or_malformed(@ForAll long seed) {
        KadMessage message = random(RandomStream.of(seed, "changed"), 3, 12);

        assertReadOrMalformed(Mutations.of(message.encode(), new Random(seed)));
    }

    @Property(tries = 2_000)
    void any_bytes_are_a_message_or_malformed(@ForAll @Size(max = 200) byte[] bytes) {
        assertReadOrMalformed(Bytes.copyOf(bytes));
    }

    /** Messages that are worth keeping; whatever is found to do harm becomes a line. */
    @Example
    void every_line_of_the_corpus_and_its_changes_are_a_message_or_malformed() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(KadMessageTest.class.getResourceAsStream("/corpus/kad/messages.hex"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        assertReadOrMalformed(hex(line));
                        Random random = new Random(line.hashCode());
                        for (int i = 0; i < CHANGES_OF_A_LINE; i++) {
                            assertReadOrMalformed(Mutations.of(hex(line), random));
                        }
                    });
        }
    }

    private static void assertReadOrMalformed(Bytes bytes) {
        KadMessage read;
        try {
            read = KadMessage.decode(bytes);
        } catch (MalformedBytes e) {
            assertThat(e).as(bytes.hex()).hasMessageNotContaining("null");
            return;
        }
        assertThat(KadMessage.decode(read.encode())).as(bytes.hex()).isEqualTo(read);
    }

    private static void assertMalformed(Bytes bytes, String why) {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> KadMessage.decode(bytes))
                .withMessageContaining(why);
    }

    private static Bytes withRecord(ProtoWriter record) {
        return new ProtoWriter().message(3, record).toBytes();
    }

    private static KadMessage random(RandomStream random, int addresses, int addressBytes) {
        Optional<ValueRecord> record = random.nextInt(2) == 0
                ? Optional.empty()
                : Optional.of(ValueRecord.received(
                        bytes(random.nextInt(50), random),
                        bytes(random.nextInt(200), random),
                        Instant.ofEpochMilli(random.nextInt(1 << 30))));
        return new KadMessage(
                random.pick(List.of(KadMessage.Type.values())),
                bytes(random.nextInt(ValueRecord.MAX_KEY_BYTES + 1), random),
                record,
                peers(random.nextInt(KadMessage.MAX_CLOSER + 1), random, addresses, addressBytes),
                peers(random.nextInt(KadMessage.MAX_PROVIDERS + 1), random, addresses, addressBytes));
    }

    private static List<NamedPeer> peers(int count, RandomStream random, int addresses, int addressBytes) {
        List<NamedPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Bytes> of = new ArrayList<>();
            for (int j = 0; j < addresses; j++) {
                of.add(bytes(addressBytes, random));
            }
            peers.add(new NamedPeer(new Contact(Ids.random(random), of), random.pick(List.of(Connection.values()))));
        }
        return peers;
    }

    private static List<PeerId> ids(List<NamedPeer> peers) {
        return peers.stream().map(peer -> peer.contact().id()).toList();
    }

    private static Bytes bytes(int count, RandomStream random) {
        byte[] bytes = new byte[count];
        random.fill(bytes);
        return Bytes.wrap(bytes);
    }

    private static Bytes hex(String digits) {
        return Bytes.parseHex(digits).orElseThrow();
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
