package net.pangea.libp2p;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Endpoint;

/**
 * What a js-libp2p peer is to be.
 *
 * @param security of TCP; QUIC has its own
 * @param earlyMuxer whether the muxer is agreed on in the security handshake
 * @param listens whether others can dial it, at a free port of each transport
 * @param key the type of its identity, as js-libp2p calls it
 * @param seed of an Ed25519 identity; random without
 * @param dht the protocol of the DHT that it serves
 * @param mdns the group where it looks for peers, every second
 */
public record JsOptions(
        List<Transport> transports,
        List<Security> security,
        boolean earlyMuxer,
        boolean listens,
        String key,
        Optional<Bytes> seed,
        Optional<String> dht,
        Optional<Endpoint> mdns) {

    /** What bytes or streams go over. */
    public enum Transport {
        TCP,
        QUIC
    }

    public static JsOptions tcp(Security... security) {
        return of(List.of(Transport.TCP), List.of(security));
    }

    public static JsOptions quic() {
        return of(List.of(Transport.QUIC), List.of(Security.NOISE));
    }

    /** Both transports; TCP with Noise. */
    public static JsOptions tcpAndQuic() {
        return of(List.of(Transport.TCP, Transport.QUIC), List.of(Security.NOISE));
    }

    private static JsOptions of(List<Transport> transports, List<Security> security) {
        return new JsOptions(
                transports, security, true, true, "Ed25519", Optional.empty(), Optional.empty(), Optional.empty());
    }

    public JsOptions withoutEarlyMuxer() {
        return new JsOptions(transports, security, false, listens, key, seed, dht, mdns);
    }

    public JsOptions withoutListening() {
        return new JsOptions(transports, security, earlyMuxer, false, key, seed, dht, mdns);
    }

    /** An identity of type {@code RSA}, {@code secp256k1} or {@code Ed25519}. */
    public JsOptions withKey(String type) {
        return new JsOptions(transports, security, earlyMuxer, listens, type, Optional.empty(), dht, mdns);
    }

    public JsOptions withSeed(Bytes ed25519) {
        return new JsOptions(transports, security, earlyMuxer, listens, "Ed25519", Optional.of(ed25519), dht, mdns);
    }

    /** A server of {@code /ipfs/kad/1.0.0}. */
    public JsOptions withDht() {
        return withDht("/ipfs/kad/1.0.0");
    }

    public JsOptions withDht(String protocol) {
        return new JsOptions(transports, security, earlyMuxer, listens, key, seed, Optional.of(protocol), mdns);
    }

    /** Looks for peers of the same network, and is found there. */
    public JsOptions withMdns(Endpoint group) {
        return new JsOptions(transports, security, earlyMuxer, listens, key, seed, dht, Optional.of(group));
    }

    Json.Fields arguments() {
        Json.Fields arguments = Json.Fields.none()
                .with("transport", names(transports))
                .with("security", names(security))
                .with("earlyMuxer", earlyMuxer)
                .with("key", key)
                .with("dht", dht.isPresent());
        if (!listens) {
            arguments = arguments.with("listen", List.of());
        }
        if (seed.isPresent()) {
            arguments = arguments.with("seed", seed.get().hex());
        }
        if (mdns.isPresent()) {
            arguments = arguments.with(
                    "mdns",
                    Json.Fields.none()
                            .with("ip", mdns.get().address().toString())
                            .with("port", mdns.get().port())
                            .with("interval", 1_000));
        }
        return dht.isPresent() ? arguments.with("dhtProtocol", dht.get()) : arguments;
    }

    private static List<String> names(List<? extends Enum<?>> values) {
        return values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
