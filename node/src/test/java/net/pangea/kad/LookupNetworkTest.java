package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.pangea.kad.KadNetwork.Behaviour;
import org.junit.jupiter.api.Test;

/** Lookups in whole networks whose tables the protocol has filled. What was measured stands beside what is asked for. */
class LookupNetworkTest {
    private static final int LOOKUPS = 500;

    /** In 5,000 peers it was so too, within 5 hops and with 39 requests on average. */
    @Test
    void in_1_000_peers_lookups_find_the_true_closest_20_within_6_hops() {
        KadNetwork network = KadNetwork.of(1_000, 0, List.of(), 1);

        Lookups done = Lookups.run(network, LOOKUPS, LookupSettings.DEFAULT);

        assertThat(done.exactWithin6Hops()).as("0.99 asked for; all seen").isGreaterThanOrEqualTo(0.995);
        assertThat(done.requestsOnAverage()).as("32 seen").isLessThan(40);
        assertThat(done.hopsMax()).as("4 seen").isLessThanOrEqualTo(6);
    }

    @Test
    void in_a_settled_network_lookups_hardly_ever_widen_and_the_size_is_known() {
        KadNetwork network = KadNetwork.of(1_000, 0, List.of(), 3);
        network.refresh();

        Lookups done = Lookups.run(network, 1_000, network::settings);

        assertThat(done.widened()).as("0.001 asked for; none seen").isLessThanOrEqualTo(0.002);
        assertThat(done.exactWithin6Hops()).isGreaterThanOrEqualTo(0.995);
        assertThat(network.peers)
                .as("within a third for nearly all, among them some that joined when there were few; 904 seen")
                .filteredOn(peer -> {
                    long estimate =
                            network.settings(peer).density().orElseThrow().peers();
                    return estimate > 700 && estimate < 1_400;
                })
                .hasSizeGreaterThan(850);
    }

    @Test
    void with_a_fifth_of_the_peers_naming_liars_or_the_far_lookups_find_the_true_closest_20() {
        KadNetwork network = KadNetwork.of(1_000, 200, List.of(Behaviour.NAMES_ITS_CLAN, Behaviour.NAMES_THE_FAR), 4);

        Lookups done = Lookups.run(network, LOOKUPS, LookupSettings.DEFAULT);

        assertThat(done.exactWithin6Hops()).as("0.95 asked for; all seen").isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void with_a_fifth_of_the_peers_inventing_peers_lookups_find_the_true_closest_20() {
        KadNetwork network = KadNetwork.of(1_000, 200, List.of(Behaviour.INVENTS), 5);
        network.refresh();

        Lookups done = Lookups.run(network, 200, network::settings);

        assertThat(done.exactWithin6Hops()).as("0.95 asked for; all seen").isGreaterThanOrEqualTo(0.99);
        assertThat(done.widened()).as("an invention is no crowd; 0.01 seen").isLessThan(0.1);
        assertThat(done.requestsOnAverage()).as("54 seen").isLessThan(100);
    }

    /** Whoever is asked names 20, some of whom are gone, until it has found out itself. */
    @Test
    void with_a_fifth_of_the_peers_gone_lookups_find_nearly_all_of_the_closest_20_and_all_after_a_refresh() {
        KadNetwork network = KadNetwork.of(1_000, 0, List.of(), 6);
        network.leave(network.peers.stream()
                .filter(_ -> network.random.chance(200_000))
                .toList());

        Lookups atOnce = Lookups.run(network, 200, network::settings);
        network.refresh();
        Lookups later = Lookups.run(network, LOOKUPS, network::settings);

        assertThat(atOnce.closestFound()).as("19.3 seen").isGreaterThan(18.5);
        assertThat(later.exactWithin6Hops()).isGreaterThanOrEqualTo(0.99);
    }
}
