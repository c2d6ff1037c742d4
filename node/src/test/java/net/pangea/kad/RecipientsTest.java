package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.Identities;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private static List<Contact> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Contact(Identities.of(i).peerId(), List.of()))
                .toList();
    }

    private static Bytes key(int number) {
        return Bytes.wrap(("key " + number).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void each_key_is_told_to_the_twenty_closest() {
        List<Contact> peers = peers(50);
        List<Bytes> keys = IntStream.range(0, 30).mapToObj(RecipientsTest::key).toList();

        Map<Contact, List<Bytes>> told = Recipients.of(keys, peers);

        for (Bytes key : keys) {
            List<Contact> closest = peers.stream()
                    .sorted((one, other) -> Key.of(key).compareDistances(Key.of(one.id()), Key.of(other.id())))
                    .limit(RoutingTable.K)
                    .toList();
            assertThat(peers.stream()
                            .filter(peer -> told.getOrDefault(peer, List.of()).contains(key)))
                    .containsExactlyInAnyOrderElementsOf(closest);
        }
    }

    @Test
    void few_peers_are_all_told_everything_in_order() {
        List<Bytes> keys = List.of(key(2), key(1));

        assertThat(Recipients.of(keys, peers(5)))
                .hasSize(5)
                .allSatisfy((_, its) -> assertThat(its).isEqualTo(keys));
        assertThat(Recipients.of(keys, List.of())).isEmpty();
    }
}
