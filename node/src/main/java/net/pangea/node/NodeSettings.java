package net.pangea.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.pangea.holding.HoldingSettings;
import net.pangea.libp2p.HostLimits;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.manifest.Redundancy;
import net.pangea.multiformats.Multiaddr;
import net.pangea.repair.RepairSettings;

/**
 * How a node behaves, as its user or a scenario sets it: texts {@code key=value}, with these keys and no others.
 *
 * <pre>
 * security=noise  connections=128  beat=30s  refresh=10m  mdns=off  legacy=off
 * shards=8+4  quorum=10  lease=30d  catalogue=1m
 * repair.grace=15m  repair.scan=3m  repair.bandwidth=8MiB  repair.audits=300
 * store.capacity=1TiB  store.quota=100GiB  store.unknown=256MiB  store.scrub=1MiB  store.scrub-every=1d
 * collect.every=10m  collect.after=7d  collect.uploads=24h  collect.trash=7d
 * </pre>
 *
 * <p>{@code security} is how connections to peers are secured, {@code noise} or {@code tls}, several with {@code :} between
 * them, the preferred first; {@code plaintext} only in simulations. {@code mdns} looks for
 * peers in the local network, {@code legacy} serves those of the original one. {@code repair.bandwidth} and {@code store.scrub} are sizes a second. Without {@code quorum}, it is k and half of m.
 *
 * @param securities how connections to peers may be secured, the preferred first
 * @param connections to peers that are kept although nothing is done with them, 1 to {@value #CONNECTIONS_MAX}
 * @param beat between two looks at a connection over TCP, see {@link HostLimits}
 * @param refresh how long a part of the routing table may go without being looked into
 * @param mdns whether it looks for peers in the local network
 * @param legacy whether it serves peers of the original network
 * @param redundancy of what is put
 * @param lease how long what is put is kept, unless renewed
 * @param catalogue how soon after a change the owner's catalogue is stored in the network
 * @param capacityBytes the most that the store may take of the disk
 * @param holding what is kept for others; whom to accept is not among the settings
 * @param repair how eagerly stripes are made whole
 */
public record NodeSettings(
        List<Security> securities,
        int connections,
        Duration beat,
        Duration refresh,
        boolean mdns,
        boolean legacy,
        Redundancy redundancy,
        Duration lease,
        Duration catalogue,
        long capacityBytes,
        HoldingSettings holding,
        RepairSettings repair) {
    /** As many as the host opens. */
    static final int CONNECTIONS_MAX = 1_024;

    private static final Map<String, String> DEFAULTS = defaults();

    /** What holds where nothing is set. */
    public static final NodeSettings DEFAULT = parse(List.of());

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("security", "noise");
        defaults.put("connections", "128");
        defaults.put("beat", "30s");
        defaults.put("refresh", "10m");
        defaults.put("mdns", "off");
        defaults.put("legacy", "off");
        defaults.put("shards", "8+4");
        defaults.put("quorum", "");
        defaults.put("lease", "30d");
        defaults.put("catalogue", "1m");
        defaults.put("repair.grace", "15m");
        defaults.put("repair.scan", "3m");
        defaults.put("repair.bandwidth", "8MiB");
        defaults.put("repair.audits", "300");
        defaults.put("store.capacity", "1TiB");
        defaults.put("store.quota", "100GiB");
        defaults.put("store.unknown", "256MiB");
        defaults.put("store.scrub", "1MiB");
        defaults.put("store.scrub-every", "1d");
        defaults.put("collect.every", "10m");
        defaults.put("collect.after", "7d");
        defaults.put("collect.uploads", "24h");
        defaults.put("collect.trash", "7d");
        return defaults;
    }

    /** {@return the keys that can be set} */
    public static List<String> keys() {
        return List.copyOf(DEFAULTS.keySet());
    }

    /**
     * {@return the settings of these texts, {@code key=value} each}
     *
     * @throws IllegalArgumentException with a sentence for people, if one is none, is there twice, or is out of range
     */
    public static NodeSettings parse(List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (equals < 0 || !DEFAULTS.containsKey(key)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no setting; write KEY=VALUE with one of " + String.join(", ", keys()));
            }
            if (values.put(key, text.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + key + "' is set twice");
            }
        }
        DEFAULTS.forEach(values::putIfAbsent);
        return new SettingsReader(values).settings();
    }

    /**
     * {@return what the node's libp2p host is told}
     *
     * @param memoryBytes that the node may use
     */
    HostSettings hosting(List<Multiaddr> listen, Optional<String> zone, long memoryBytes) {
        return HostSettings.of(places(listen, Multiaddr::tcpEndpoint))
                .withQuic(places(listen, Multiaddr::quicEndpoint))
                .secured(securities.toArray(Security[]::new))
                .called(Members.agent(zone))
                .within(HostLimits.DEFAULT.keeping(connections).beating(beat).fitting(memoryBytes));
    }

    private static List<Endpoint> places(List<Multiaddr> listen, Function<Multiaddr, Optional<Endpoint>> kind) {
        return listen.stream().flatMap(address -> kind.apply(address).stream()).toList();
    }

    /** {@return settings with another choice of whom to accept} */
    public NodeSettings accepting(HoldingSettings newHolding) {
        return new NodeSettings(
                securities,
                connections,
                beat,
                refresh,
                mdns,
                legacy,
                redundancy,
                lease,
                catalogue,
                capacityBytes,
                newHolding,
                repair);
    }
}
