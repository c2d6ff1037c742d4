package net.pangea.dht;

import java.time.Duration;
import net.pangea.kad.Diversity;
import net.pangea.kad.LookupSettings;
import net.pangea.kad.Mode;
import net.pangea.kad.ProviderStore;
import net.pangea.kad.RecordRules;
import net.pangea.kad.RecordStore;
import net.pangea.kad.RoutingTable;
import net.pangea.kad.ValueSearch;

/**
 * What a {@link Dht} is told.
 *
 * @param protocol the network's name on the wire
 * @param mode whether it answers
 * @param lookups how keys are looked up; the density of the network is filled in
 * @param rules of the values that are valid
 * @param diversity how many peers of one address group count
 * @param records how much is kept of others' values
 * @param providers how much is kept of others' announcements
 * @param quorum of a value that was found
 * @param pings under way at a time, of peers that may enter the routing table
 * @param refresh how long a part of the routing table may go without being looked into
 * @param tick between two looks at what is to be refreshed, published again or forgotten
 * @param idle how long the next request on a stream is waited for
 */
public record DhtSettings(
        String protocol,
        Mode mode,
        LookupSettings lookups,
        RecordRules rules,
        Diversity diversity,
        RecordStore.Limits records,
        ProviderStore.Limits providers,
        int quorum,
        int pings,
        Duration refresh,
        Duration tick,
        Duration idle) {

    /** In the time after which the routing table is refreshed, so often it is looked whether something is due. */
    private static final int TICKS = 10;

    /** The network that all implementations know. */
    public static final String IPFS = "/ipfs/kad/1.0.0";

    /** Our own network. */
    public static final String PANGEA = "/pangea/kad/1.0.0";

    /** {@return the usual settings of a node that answers} */
    public static DhtSettings server(String protocol, RecordRules rules) {
        return new DhtSettings(
                protocol,
                Mode.SERVER,
                LookupSettings.DEFAULT,
                rules,
                Diversity.of(Contacts::group),
                RecordStore.Limits.DEFAULT,
                ProviderStore.Limits.DEFAULT,
                ValueSearch.QUORUM,
                16,
                RoutingTable.REFRESH_INTERVAL,
                RoutingTable.REFRESH_INTERVAL.dividedBy(TICKS),
                Duration.ofMinutes(1));
    }

    /** {@return the same for a node that only asks} */
    public DhtSettings client() {
        return new DhtSettings(
                protocol,
                Mode.CLIENT,
                lookups,
                rules,
                diversity,
                records,
                providers,
                quorum,
                pings,
                refresh,
                tick,
                idle);
    }

    /** {@return the same, or with less of others' values and announcements where a machine has little memory} */
    public DhtSettings fitting(long memoryBytes) {
        return new DhtSettings(
                protocol,
                mode,
                lookups,
                rules,
                diversity,
                records.fitting(memoryBytes),
                providers.fitting(memoryBytes),
                quorum,
                pings,
                refresh,
                tick,
                idle);
    }

    /** {@return the same with another time after which a part of the routing table is looked into, and looks in proportion} */
    public DhtSettings refreshing(Duration newRefresh) {
        return new DhtSettings(
                protocol,
                mode,
                lookups,
                rules,
                diversity,
                records,
                providers,
                quorum,
                pings,
                newRefresh,
                newRefresh.dividedBy(TICKS),
                idle);
    }

    /** {@return the same with other limits to peers of one address group} */
    public DhtSettings diverse(Diversity newDiversity) {
        return new DhtSettings(
                protocol, mode, lookups, rules, newDiversity, records, providers, quorum, pings, refresh, tick, idle);
    }
}
