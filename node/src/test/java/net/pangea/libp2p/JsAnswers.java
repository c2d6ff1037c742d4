package net.pangea.libp2p;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/** What js-libp2p peers answer. Peers and addresses are texts: a test compares what it reads with what it wrote. */
public final class JsAnswers {
    private JsAnswers() {}

    /**
     * A connection.
     *
     * @param addr of the other side
     * @param security such as {@code /noise}, as the peer calls it
     * @param muxer such as {@code /yamux/1.0.0}
     * @param streams that are open
     */
    public record Link(
            String peer,
            String addr,
            boolean inbound,
            Optional<String> security,
            Optional<String> muxer,
            int streams) {}

    /**
     * What another peer said when asked who it is.
     *
     * @param observedAddr where it sees the one who asked
     * @param signedRecord if it sent one; it is valid
     */
    public record Identified(
            String peer,
            Optional<String> protocolVersion,
            Optional<String> agent,
            List<String> protocols,
            List<String> listenAddrs,
            Optional<String> observedAddr,
            Optional<SignedRecord> signedRecord) {}

    /** A peer's addresses, as it signed them; the greatest sequence number is the newest. */
    public record SignedRecord(String seq, List<String> addrs) {}

    /**
     * What is remembered of another peer.
     *
     * @param certified whether the addresses are from a signed record
     */
    public record Known(
            List<String> addrs,
            boolean certified,
            List<String> protocols,
            Optional<String> agent,
            Optional<String> protocolVersion) {}

    /** Bytes that came back as they were sent. */
    public record Echoed(long bytes, Duration took) {}

    /**
     * Who took a record.
     *
     * @param failed peers that were asked and did not, each with the reason
     */
    public record Sent(List<String> peers, List<String> failed) {}

    /** A peer and where it is said to be. */
    public record Found(String peer, List<String> addrs) {}

    static Link link(Json json) {
        return new Link(
                json.get("peer").text(),
                json.get("addr").text(),
                json.get("direction").text().equals("inbound"),
                json.get("security").textOrNull(),
                json.get("muxer").textOrNull(),
                json.get("streams").number().intValueExact());
    }

    static Identified identified(Json json) {
        Json signed = json.get("signedRecord");
        return new Identified(
                json.get("peer").text(),
                json.get("protocolVersion").textOrNull(),
                json.get("agent").textOrNull(),
                json.get("protocols").texts(),
                json.get("listenAddrs").texts(),
                json.get("observedAddr").textOrNull(),
                signed == Json.Word.NULL
                        ? Optional.empty()
                        : Optional.of(new SignedRecord(
                                signed.get("seq").text(), signed.get("addrs").texts())));
    }

    static Known known(Json json) {
        return new Known(
                json.get("addrs").texts(),
                json.get("certified").flag(),
                json.get("protocols").texts(),
                json.get("agent").textOrNull(),
                json.get("protocolVersion").textOrNull());
    }

    static Echoed echoed(Json json) {
        return new Echoed(json.get("bytes").number().longValueExact(), duration(json.get("ms")));
    }

    static Sent sent(Json json, String peers) {
        List<String> failed = json.get("failed").items().stream()
                .map(failure ->
                        failure.get("peer").text() + ": " + failure.get("error").text())
                .toList();
        return new Sent(json.get(peers).texts(), failed);
    }

    static Found found(Json json) {
        return new Found(json.get("peer").text(), json.get("addrs").texts());
    }

    static List<Found> allFound(Json list) {
        return list.items().stream().map(JsAnswers::found).toList();
    }

    static int size(Json json) {
        return json.get("size").number().intValueExact();
    }

    static Duration duration(Json milliseconds) {
        return Duration.ofNanos(
                milliseconds.number().multiply(BigDecimal.valueOf(1_000_000)).longValue());
    }

    static Bytes bytes(String hex) {
        return Bytes.parseHex(hex).orElseThrow();
    }
}
