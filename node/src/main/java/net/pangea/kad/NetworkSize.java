package net.pangea.kad;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Estimates how densely the key space is settled, from how far the {@link RoutingTable#K}-th closest peer was in this node's
 * latest lookups and is in its own neighbourhood, so that a {@link Lookup} can tell a crowd from chance.
 */
public final class NetworkSize {
    /*
     * The maths. Keys are hashes, so N peers lie uniformly in the key space, and the distances from any target, as fractions
     * of the space, do too. The distance d of the k-th closest is then a sum of k spacings: N d is Gamma(k) distributed
     * (for k much smaller than N), with mean k and standard deviation sqrt(k): one neighbourhood of twenty tells N within
     * about a quarter [1]. Its median is k - 1/3, so N is about (k - 1/3) / median(d).
     *
     * The median, not the mean, because lookups may be led astray and neighbourhoods may be crowded on purpose: as long as
     * most samples are honest, it lies between honest ones.
     *
     * The test [2]. Let d be the distance of the k-th closest to a key and u the usual one. If both are honest single
     * neighbourhoods, N falls out of their ratio: d/u = (Gamma(k)/k) / (Gamma(k)/k), which is F(2k, 2k) distributed. For
     * k = 20, one in a thousand such ratios is below 0.365. The median of several samples varies less than one sample, so
     * the rate of false alarms is at most that, whatever the number of samples; with 33 it is one in ten thousand.
     *
     * What it finds. Whoever wants to hide a key has to be closer than its k closest honest peers. With s > k identities
     * closer than all of them, the k-th closest is at N d < 1 rather than at 20: a ratio of 0.05. Whoever spreads his
     * identities so that the ratio stays above 0.365 leaves, on average, the 7 closest honest peers among the k closest of
     * all, and the key stays found. The alarm costs some hundred requests and does no other harm.
     *
     * Growth. Samples are of the past: of a network that has grown to three times its size since, every second
     * neighbourhood would look too dense. The own neighbourhood, which the routing table keeps up to date, is the remedy,
     * and may itself be crowded to blind this node: so the test goes by it as far as a third of the median. Then a crowd has
     * to leave 0.122 x 20 honest peers, 2.4 on average, among the k closest to go unnoticed; with probability 0.91 one.
     *
     * [1] Kostoulas et al., "Active and Passive Techniques for Group Size Estimation in Large-Scale and Dynamic
     *     Distributed Systems", JSS 2007; go-libp2p-kad-dht's netsize does the like.
     * [2] Sridhar et al., "Content Censorship in the InterPlanetary File System", NDSS 2024, compare the whole distribution
     *     of distances (Kullback-Leibler divergence); the k-th is enough to know when to look farther.
     */

    /** The median of so many varies by a twentieth. */
    static final int SAMPLES_MAX = 33;

    /** So many count however old they are: better than the own neighbourhood alone, which may be crowded. */
    static final int SAMPLES_MIN = 9;

    /** Three rounds of refreshing: networks grow. */
    static final Duration SAMPLES_AGE = Duration.ofMinutes(30);

    /** As far as the own neighbourhood is believed. */
    static final double GROWTH_MAX = 3;

    private record Sample(double reach, long at) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Notes a lookup's {@link LookupResult#reach}; of a random key rather than of one that others have chosen. */
    public void add(double reach, long now) {
        if (samples.size() == SAMPLES_MAX) {
            samples.removeFirst();
        }
        samples.addLast(new Sample(reach, now));
    }

    /**
     * {@return what is known}
     *
     * @param own the {@link RoutingTable#reach} of the own neighbourhood
     */
    public Optional<Density> density(OptionalDouble own, long now) {
        while (samples.size() > SAMPLES_MIN && now - samples.getFirst().at() > SAMPLES_AGE.toNanos()) {
            samples.removeFirst();
        }
        List<Double> sorted = samples.stream().map(Sample::reach).sorted().toList();
        if (sorted.isEmpty()) {
            return own.isEmpty() ? Optional.empty() : Optional.of(new Density(own.getAsDouble(), own.getAsDouble()));
        }
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return Optional.of(new Density(median, Math.clamp(own.orElse(median), median / GROWTH_MAX, median)));
    }
}
