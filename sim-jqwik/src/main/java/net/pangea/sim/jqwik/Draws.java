package net.pangea.sim.jqwik;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * How the parts of a scenario are drawn. What comes first in an enumeration, and what is small, is what a failing property is made
 * simpler to.
 */
final class Draws {
    /** Of the keys that a part may have; each only if it is drawn, so that few are left when a property fails. */
    private static final String NOT_WRITTEN = "";

    private Draws() {}

    static Arbitrary<Draft.Group> groups(int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, most),
                        Arbitraries.integers().between(0, 3),
                        traits(List.of(
                                words("zone: east", "zone: west"),
                                words("clock: {offset: uniform -5s..5s, drift: uniform -50ppm..50ppm}"),
                                words("disk: {latency: lognormal 1ms 0.8 max 50ms}", "disk: {sync: uniform 2ms..20ms}"),
                                words("cpu: {delay: 100us}"),
                                words("firewall: [allow inbound tcp+udp 4002, deny inbound tcp+udp any]"))))
                .as(Draft.Group::new);
    }

    static Arbitrary<Draft.Link> links() {
        return traits(List.of(
                        words("up: 5Mbit/s", "up: 20Mbit/s"),
                        words("latency: 10ms", "latency: uniform 1ms..40ms"),
                        words("jitter: lognormal 4ms 0.8"),
                        words("loss: 0.5%"),
                        words("reorder: 1%"),
                        words("duplicate: 1%")))
                .filter(traits -> !traits.isEmpty())
                .map(Draft.Link::new);
    }

    static Arbitrary<Draft.Node> nodes() {
        return traits(List.of(
                        // One of these, as QUIC has a security of its own. Without a word it is Noise over TCP.
                        words("security: plaintext", "security: plaintext", "security: tls", "transport: quic"),
                        words("catalogue: 5s", "catalogue: 30s"),
                        words("repair: {grace: 3s, scan: 1s}", "repair: {grace: 15s, scan: 5s}"),
                        words("store: {scrub-every: 10s}"),
                        words("collect: {every: 10s, after: 0s, trash: 0s}")))
                .map(Draft.Node::new);
    }

    /** Each with its key or without. */
    private static Arbitrary<List<String>> traits(List<Arbitrary<String>> all) {
        return Combinators.combine(all)
                .as(drawn ->
                        drawn.stream().filter(word -> !word.equals(NOT_WRITTEN)).toList());
    }

    private static Arbitrary<String> words(String... words) {
        return Arbitraries.of(words).injectNull(0.5).map(word -> Objects.requireNonNullElse(word, NOT_WRITTEN));
    }

    static Arbitrary<Use> uses() {
        return Combinators.combine(
                        Arbitraries.of(Use.Kind.values()),
                        numbers(0, 2),
                        Arbitraries.of(0, 5, 12),
                        numbers(5, 30),
                        numbers(0, 300))
                .as(Use::new);
    }

    static Arbitrary<Trouble> troubles() {
        return Combinators.combine(
                        Arbitraries.of(Trouble.Kind.values()),
                        Arbitraries.of(Trouble.Aim.values()),
                        numbers(0, 2),
                        numbers(1, 3),
                        numbers(0, 30),
                        numbers(1, 15),
                        numbers(1, 100),
                        numbers(1, 3))
                .as(Trouble::new);
    }

    private static Arbitrary<Integer> numbers(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }
}
