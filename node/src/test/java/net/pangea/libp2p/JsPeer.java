package net.pangea.libp2p;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/**
 * A peer of js-libp2p. A <em>target</em> is a multiaddr, or the text of a peer id whose addresses the peer knows; it is
 * dialled where there is no connection. What the peer cannot do within 30 s is a {@link JsFailure}.
 *
 * <p>Each command is described in {@code interop/js/README.md}.
 */
public final class JsPeer implements AutoCloseable {
    /** Its QUIC sends a packet for each stream: 200 take it 6 s, and twice as long on a busy computer. */
    private static final int ECHO_MAX_MILLIS = 60_000;

    /** The protocol that every peer echoes on, until the other side has closed its half. */
    public static final String ECHO = "/pangea/test/echo/1.0.0";

    private final JsPeers peers;
    private final long number;
    private final String id;
    private final List<String> addrs;

    private JsPeer(JsPeers peers, long number, String id, List<String> addrs) {
        this.peers = peers;
        this.number = number;
        this.id = id;
        this.addrs = addrs;
    }

    static JsPeer of(JsPeers peers, Json started) {
        return new JsPeer(
                peers,
                started.get("node").number().longValueExact(),
                started.get("peer").text(),
                started.get("addrs").texts());
    }

    /** {@return the peer id as text} */
    public String id() {
        return id;
    }

    /** {@return what it listens at, each ending in {@code /p2p/} and its id; none if it does not listen} */
    public List<String> addrs() {
        return addrs;
    }

    /** {@return the first of its addresses} */
    public String addr() {
        return addrs.getFirst();
    }

    /** Takes the connection that there is, or opens one. */
    public JsAnswers.Link dial(String addr) throws InterruptedException {
        return JsAnswers.link(call("dial", args().with("addr", addr)));
    }

    /** Opens a connection even if there is one. */
    public JsAnswers.Link dialAgain(String addr) throws InterruptedException {
        return JsAnswers.link(call("dial", args().with("addr", addr).with("force", true)));
    }

    /** Closes all connections to a peer. */
    public void hangUp(String peer) throws InterruptedException {
        var _ = call("hangup", args().with("peer", peer));
    }

    public List<JsAnswers.Link> connections() throws InterruptedException {
        return call("connections", args()).get("connections").items().stream()
                .map(JsAnswers::link)
                .toList();
    }

    /** Asks who the target is. A signed peer record that is not valid is a failure. */
    public JsAnswers.Identified identify(String target) throws InterruptedException {
        return JsAnswers.identified(call("identify", to(target)));
    }

    /** {@return what it remembers of a peer, from identify, its push and the DHT} */
    public JsAnswers.Known known(String peer) throws InterruptedException {
        return JsAnswers.known(call("known", args().with("peer", peer)));
    }

    /** Waits until it knows of a peer that it speaks a protocol: until identify, or its push, has come. */
    public JsAnswers.Known awaitKnown(String peer, String protocol) throws InterruptedException {
        return JsAnswers.known(call("known", args().with("peer", peer).with("protocol", protocol)));
    }

    /** {@return where a peer is, once it has heard of it, without having been told} */
    public List<String> awaitDiscovered(String peer) throws InterruptedException {
        return call("discovered", args().with("peer", peer)).get("addrs").texts();
    }

    /** {@return how long each of {@code count} pings took, one after the other, the opening of their streams included} */
    public List<Duration> ping(String target, int count) throws InterruptedException {
        return call("ping", to(target).with("count", count)).get("ms").items().stream()
                .map(JsAnswers::duration)
                .toList();
    }

    /**
     * Opens {@code streams} echo streams at once, sends up to {@code max} bytes on each, a size that {@code seed} decides,
     * and compares what comes back.
     */
    public JsAnswers.Echoed echo(String target, int streams, int max, long seed) throws InterruptedException {
        return JsAnswers.echoed(call(
                "echo-client",
                to(target)
                        .with("streams", streams)
                        .with("max", max)
                        .with("seed", seed)
                        .with("timeoutMs", ECHO_MAX_MILLIS)));
    }

    /** {@return the protocol of a new stream that the target took} */
    public String select(String target, List<String> protocols) throws InterruptedException {
        return call("select", to(target).with("protocols", protocols))
                .get("protocol")
                .text();
    }

    /** Echoes on another protocol too, and pushes that to all connected peers. */
    public void handle(String protocol) throws InterruptedException {
        var _ = call("handle", args().with("protocol", protocol));
    }

    public void unhandle(String protocol) throws InterruptedException {
        var _ = call("unhandle", args().with("protocol", protocol));
    }

    /** Stores a value in the DHT: of the namespace {@code /x/}, where the greatest wins and {@code invalid} is not valid. */
    public JsAnswers.Sent put(Bytes key, Bytes value) throws InterruptedException {
        return JsAnswers.sent(call("put", key(key).with("value", value.hex())), "stored");
    }

    public Optional<Bytes> get(Bytes key) throws InterruptedException {
        return call("get", key(key)).get("value").textOrNull().map(JsAnswers::bytes);
    }

    /** Says that it provides the content with a multihash. */
    public JsAnswers.Sent provide(Bytes multihash) throws InterruptedException {
        return JsAnswers.sent(call("provide", key(multihash)), "told");
    }

    public List<JsAnswers.Found> findProviders(Bytes multihash) throws InterruptedException {
        return JsAnswers.allFound(call("find-providers", key(multihash)).get("providers"));
    }

    public Optional<JsAnswers.Found> findPeer(String peer) throws InterruptedException {
        Json found = call("find-peer", args().with("peer", peer)).get("found");
        return found == Json.Word.NULL ? Optional.empty() : Optional.of(JsAnswers.found(found));
    }

    /** {@return the peers closest to a key that a lookup finds} */
    public List<JsAnswers.Found> closest(Bytes key) throws InterruptedException {
        return JsAnswers.allFound(call("closest", key(key)).get("peers"));
    }

    public int routingTableSize() throws InterruptedException {
        return JsAnswers.size(call("routing-table", args()));
    }

    /** Waits until the routing table has {@code count} peers. Before it has one, a put stores nothing elsewhere. */
    public int awaitPeers(int count) throws InterruptedException {
        return JsAnswers.size(call("wait-for-peers", args().with("count", count)));
    }

    /** Refreshes the routing table; returns its size. */
    public int refresh() throws InterruptedException {
        return JsAnswers.size(call("refresh", args()));
    }

    /** Begins, or ceases, to answer the DHT's questions. */
    public void serveDht(boolean server) throws InterruptedException {
        var _ = call("set-mode", args().with("mode", server ? "server" : "client"));
    }

    private Json.Fields args() {
        return Json.Fields.none().with("node", number);
    }

    private Json.Fields to(String target) {
        return args().with(target.startsWith("/") ? "addr" : "peer", target);
    }

    private Json.Fields key(Bytes key) {
        return args().with("key", key.hex());
    }

    private Json.Fields call(String command, Json.Fields arguments) throws InterruptedException {
        return peers.call(command, arguments);
    }

    /** Stops this peer: its connections are closed, and its address is free. */
    @Override
    public void close() {
        if (!peers.isAlive()) {
            return;
        }
        try {
            var _ = call("close", args());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends with its process
        }
    }
}
