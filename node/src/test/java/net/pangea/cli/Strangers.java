package net.pangea.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.ValueRecord;
import net.pangea.keys.SigningKey;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.RawPeer;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.manifest.UploadTicket;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.ProtoWriter;
import net.pangea.multiformats.Varint;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Limits;
import net.pangea.protocol.MessageChannel;
import net.pangea.protocol.PeerCodec;
import net.pangea.protocol.PeerLinks;
import net.pangea.protocol.PeerMessage;

/**
 * Peers who have proved who they are, and would have a node keep as much as they can. Each has a key of its own.
 *
 * @param machine from which they come
 * @param tcp where the node is reached over TCP, with its id
 * @param quic where it is over QUIC
 */
record Strangers(Machine machine, Multiaddr tcp, Multiaddr quic) {
    private static final String PING = "/ipfs/ping/1.0.0";
    private static final String IDENTIFY = "/ipfs/id/1.0.0";
    private static final String IDENTIFY_PUSH = "/ipfs/id/push/1.0.0";
    private static final int SLICE_BYTES = 64 << 10;

    /** For what is to be stopped by a window. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private interface Visit {
        void run(Host host, PeerId node) throws Exception;
    }

    /** Connects as somebody. */
    private void as(int number, Multiaddr address, Visit visit) throws Exception {
        try (Scope tasks = machine.tasks().open("stranger");
                Host host = Host.start(Identities.of(number), HostSettings.of(List.of()), machine, tasks)) {
            visit.run(host, host.connect(address));
        }
    }

    private RawPeer raw(int number) throws InterruptedException {
        PeerId node = tcp.peer().orElseThrow();
        return RawPeer.dial(tcp.tcpEndpoint().orElseThrow(), node, Identities.of(number), machine);
    }

    /** Fills the windows of streams whose echo is never taken, so that the node stops reading them. */
    void fillWindowsOverTcp(int connections, int streams) throws InterruptedException {
        Bytes content = Bytes.wrap(new byte[RawPeer.WINDOW_BYTES - RawPeer.PING.size()]);
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                RawPeer peer = raw(1_000 + i);
                peers.add(peer);
                for (int stream = 1; stream < 2 * streams; stream += 2) {
                    peer.write(RawPeer.data(stream, RawPeer.SYN, RawPeer.PING));
                    peer.write(RawPeer.data(stream, 0, content));
                }
            }
        } finally {
            peers.forEach(RawPeer::close);
        }
    }

    /** The same over QUIC, from all connections and on all streams at a time. */
    void fillWindowsOverQuic(int connections, int streams) throws InterruptedException {
        try (Scope tasks = machine.tasks().open("strangers")) {
            for (int i = 0; i < connections; i++) {
                int number = 2_000 + i;
                var _ = tasks.start("stranger", () -> {
                    as(number, quic, (host, node) -> onStreams(host, node, PING, streams, this::fill));
                    return true;
                });
            }
            tasks.joinAll();
        }
    }

    private interface Use {
        void run(Stream stream) throws InterruptedException;
    }

    /** Does so on many streams at a time; if one is ended by the node, the others go on. */
    private void onStreams(Host host, PeerId node, String protocol, int streams, Use use) throws InterruptedException {
        try (Scope tasks = machine.tasks().open("streams")) {
            for (int i = 0; i < streams; i++) {
                var _ = tasks.start("stream", () -> {
                    try (Stream stream = host.open(node, List.of(protocol))) {
                        use.run(stream);
                        return true;
                    } catch (NetworkFailure | DeadlineExceeded e) {
                        return false; // as it should be
                    }
                });
            }
            tasks.joinAll();
        }
    }

    private void fill(Connection stream) throws InterruptedException {
        boolean _ = machine.clock().within(MOMENT, () -> {
            ByteBuffer slice = ByteBuffer.allocate(SLICE_BYTES);
            while (true) {
                stream.write(slice.clear());
            }
        });
    }

    /** Sends the largest messages there are, each but for its last slice, and says no more. */
    void beginMessages(int connections, int streams) throws Exception {
        for (int i = 0; i < connections; i++) {
            as(
                    3_000 + i,
                    tcp,
                    (host, node) -> onStreams(host, node, PeerLinks.PROTOCOL, streams, stream -> {
                        stream.write(ByteBuffer.allocate(4)
                                .putInt(Limits.MAX_FRAME_BYTES)
                                .flip());
                        ByteBuffer slice = ByteBuffer.allocate(SLICE_BYTES);
                        for (int sent = SLICE_BYTES; sent < Limits.MAX_FRAME_BYTES; sent += SLICE_BYTES) {
                            stream.write(slice.clear());
                        }
                        awaitEnd(stream);
                    }));
        }
    }

    /** Waits until the node ends a stream, or does not for a while. */
    private void awaitEnd(Connection stream) throws InterruptedException {
        boolean _ = machine.clock().within(MOMENT, () -> {
            while (stream.read(ByteBuffer.allocate(100)) >= 0) {}
            return true;
        });
    }

    /** Announces on every protocol a message larger than it has. */
    void announceHugeMessages() throws Exception {
        byte[] huge = {-1, -1, -1, -1, 127};
        for (Multiaddr address : List.of(tcp, quic)) {
            as(3_100, address, (host, node) -> {
                for (String protocol : List.of(PeerLinks.PROTOCOL, DhtSettings.PANGEA, IDENTIFY_PUSH)) {
                    onStreams(host, node, protocol, 1, stream -> {
                        stream.write(ByteBuffer.wrap(huge));
                        awaitEnd(stream);
                    });
                }
            });
        }
    }

    /** Opens streams and resets them with the next frame. */
    void openAndReset(int streams) throws InterruptedException {
        int batch = 500;
        try (RawPeer peer = raw(4_000)) {
            for (int begin = 0; begin < streams; begin += batch) {
                ByteBuffer frames = ByteBuffer.allocate(2 * RawPeer.HEADER_BYTES * batch);
                for (int i = 0; i < batch; i++) {
                    int stream = 2 * (begin + i) + 1;
                    frames.put(RawPeer.flags(stream, RawPeer.SYN)).put(RawPeer.flags(stream, RawPeer.RST));
                }
                peer.write(frames.flip());
            }
        } catch (NetworkFailure e) {
            return; // it had enough
        }
    }

    /** Opens streams and says nothing on them. */
    void openAndWait(int connections, int streams) throws InterruptedException {
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                RawPeer peer = raw(4_100 + i);
                peers.add(peer);
                for (int stream = 1; stream < 2 * streams; stream += 2) {
                    peer.write(RawPeer.flags(stream, RawPeer.SYN));
                }
            }
        } finally {
            peers.forEach(RawPeer::close);
        }
    }

    /** Comes under many ids, each of which has a great deal to say about itself. */
    void identify(int peers) throws Exception {
        for (int i = 0; i < peers; i++) {
            int number = 5_000 + i;
            as(number, i % 2 == 0 ? tcp : quic, (host, node) -> {
                host.serve(IDENTIFY, stream -> {
                    for (int message = 0; message < 10; message++) {
                        Delimited.write(stream, boast(number, message));
                    }
                    stream.closeOutput();
                });
                Duration _ = host.ping(node);
            });
        }
    }

    private static Bytes boast(int peer, int message) {
        String name = peer + "-" + message + "-";
        ProtoWriter said = new ProtoWriter();
        for (int i = 0; i < 3; i++) {
            said.bytes(
                    2,
                    Multiaddr.parse("/dns4/" + name + i + "x".repeat(200) + "/tcp/1")
                            .bytes());
        }
        for (int i = 0; i < 25; i++) {
            said.text(3, "/" + name + i + "x".repeat(200));
        }
        return said.toBytes();
    }

    /** Stores values of ten kilobytes under their own hashes, which is allowed to everybody. */
    void putValues(int values) throws Exception {
        onDht(6_000, (host, stream) -> {
            for (int i = 0; i < values; i++) {
                Bytes value = Bytes.wrap(ByteBuffer.allocate(10_000).putInt(i).array());
                Bytes key = new ByteWriter()
                        .raw(Bytes.wrap("/pk/".getBytes(US_ASCII)))
                        .u8(0x12)
                        .u8(Sha256.SIZE_BYTES)
                        .raw(Sha256.of(value).bytes())
                        .toBytes();
                Delimited.write(
                        stream,
                        KadMessage.putValue(new ValueRecord(key, value, "")).encode());
                Bytes _ = Delimited.read(stream, "answer", KadMessage.MAX_REPLY_BYTES);
            }
        });
    }

    /** Says of ever new keys that it has what they name. */
    void addProviders(int keys) throws Exception {
        int batch = 1_000;
        onDht(6_001, (host, stream) -> {
            Contact self = new Contact(
                    host.id(), List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/1").bytes()));
            for (int begin = 0; begin < keys; begin += batch) {
                ByteWriter messages = new ByteWriter();
                for (int i = begin; i < begin + batch; i++) {
                    Bytes message =
                            KadMessage.addProvider(hash(i).bytes(), self).encode();
                    Varint.write(messages, message.size());
                    messages.raw(message);
                }
                stream.write(messages.toBytes().asBuffer());
            }
            Delimited.write(stream, KadMessage.ping().encode());
            Bytes _ = Delimited.read(stream, "answer", KadMessage.MAX_REPLY_BYTES);
        });
    }

    private interface DhtVisit {
        void run(Host host, Stream stream) throws Exception;
    }

    private void onDht(int number, DhtVisit visit) throws Exception {
        as(number, tcp, (host, node) -> {
            try (Stream stream = host.open(node, List.of(DhtSettings.PANGEA))) {
                visit.run(host, stream);
            }
        });
    }

    private static Sha256 hash(int number) {
        return Sha256.of(Bytes.wrap(ByteBuffer.allocate(4).putInt(number).array()));
    }

    /** Opens uploads in the names of owners whom nobody knows. */
    void openUploads(int owners) throws Exception {
        as(7_000, tcp, (host, node) -> {
            Instant now = machine.clock().now();
            Stream stream = host.open(node, List.of(PeerLinks.PROTOCOL));
            try (MessageChannel<PeerMessage> channel =
                    MessageChannel.over(stream, machine.clock(), Deadlines.DEFAULT, new PeerCodec())) {
                for (int i = 0; i < owners; i++) {
                    UploadTicket ticket = UploadTicket.sign(
                            SigningKey.ofSeed(hash(i).bytes()),
                            hash(-i - 1),
                            now.toEpochMilli(),
                            now.plus(Duration.ofHours(1)).toEpochMilli(),
                            1);
                    int _ = channel.send(new PeerMessage.OpenUpload(ticket));
                    PeerMessage _ = channel.receive(Deadlines.DEFAULT.reply());
                }
            }
        });
    }
}
