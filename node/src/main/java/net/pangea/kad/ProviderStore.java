package net.pangea.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.PeerId;

/**
 * Who has said here that they have something, for each key a bounded number of them and few of one address group. Where
 * there is no room for more, the key that is farthest from this node goes.
 *
 * <p>Times are of the wall clock, in milliseconds. Not for more than one task at a time.
 */
public final class ProviderStore {
    /** So long a provider counts after it was last announced (libp2p, kad-dht: 48 hours). */
    public static final Duration EXPIRY = Duration.ofDays(2);

    /** As often a node announces again what it has (libp2p, kad-dht: 22 hours). */
    public static final Duration REPUBLISH_INTERVAL = Duration.ofHours(22);

    /**
     * How many providers are kept: of one key, and in all.
     *
     * @param addressBytes of all of these peers together: others may claim longer addresses than they have
     */
    public record Limits(int perKey, int total, long addressBytes) {
        /**
         * A reply names 20 at most, and a few more may be gone. In all 100,000 objects of every node, each told by four
         * holders of twelve to twenty peers, are 667,000 providers here.
         *
         * <p>Measured at that many: 59 bytes a provider where a key has four, 61 MB; 151 where it has one, 158 MB; and
         * 232 bytes for each peer, however many keys it has.
         */
        public static final Limits DEFAULT = new Limits(32, 1 << 20, 32L << 20);

        /** A little less than what one takes that is alone under its key. */
        private static final int PROVIDER_BYTES = 128;

        private static final int ONE_IN = 8;

        /** {@return the same, or at most about an eighth of a memory, and a quarter of that for addresses} */
        public Limits fitting(long memoryBytes) {
            long share = memoryBytes / ONE_IN;
            return new Limits(
                    perKey, Math.clamp(share / PROVIDER_BYTES, 1, total), Math.clamp(share / 4, 1, addressBytes));
        }
    }

    /** What became of an announcement. */
    public enum Outcome {
        ADDED,
        /** It was here, and is kept for longer. */
        RENEWED,
        /** There are enough of its address group. */
        GROUP_IS_FULL,
        /** There are enough for this key, of as many groups. */
        KEY_IS_FULL,
        /** The key is farther from this node than everything there is room for. */
        NO_ROOM
    }

    private static final long EXPIRY_MILLIS = EXPIRY.toMillis();

    /** Until a list of providers has to grow. */
    private static final int PROVIDERS_EXPECTED = 1;

    /** One peer has much: where it is is kept once. */
    private static final class Known {
        private Contact contact;
        private Optional<String> group;
        private int uses;

        Known(Contact contact, Optional<String> group) {
            this.contact = contact;
            this.group = group;
        }
    }

    /**
     * That a peer has what a key names.
     *
     * @param group of the address it said so from: the object that {@code known} had then
     */
    private record Provider(Known known, Optional<String> group, long atMillis) {
        Contact contact() {
            return known.contact;
        }

        boolean isOver(long nowMillis) {
            return atMillis + EXPIRY_MILLIS <= nowMillis;
        }
    }

    private static final Comparator<Provider> LATEST_FIRST = Comparator.comparingLong(Provider::atMillis)
            .reversed()
            .thenComparing(provider -> provider.contact().id());

    private final Limits limits;
    private final Diversity diversity;
    private final TreeMap<Key, List<Provider>> byKey; // closest to this node first
    private final Map<PeerId, Known> known = new HashMap<>(); // for look-up only
    private int total;
    private long addressBytes; // of known

    public ProviderStore(Key own, Diversity diversity, Limits limits) {
        this.limits = limits;
        this.diversity = diversity;
        this.byKey = new TreeMap<>(own.byDistance());
    }

    /** Notes that a peer has what is named by a key, as it has itself said, from the address it is at. */
    public Outcome add(Bytes key, Contact contact, Instant now) {
        Key place = Key.of(key);
        long nowMillis = now.toEpochMilli();
        List<Provider> providers = byKey.computeIfAbsent(place, _ -> new ArrayList<>(PROVIDERS_EXPECTED));
        var _ = removeIf(providers, provider -> provider.isOver(nowMillis));
        Optional<String> group = diversity.group().apply(contact);
        Optional<Provider> before = providers.stream()
                .filter(provider -> provider.contact().id().equals(contact.id()))
                .findFirst();
        var _ = removeIf(providers, provider -> before.filter(provider::equals).isPresent());
        // Whoever has moved gets in as a newcomer does, or few would become many by moving.
        boolean stays =
                before.filter(provider -> provider.group().equals(group)).isPresent();
        Outcome outcome = stays ? Outcome.ADDED : makeRoom(providers, group);
        if (outcome == Outcome.ADDED) {
            Known entry = use(contact, group);
            providers.add(new Provider(entry, entry.group, nowMillis));
            outcome = before.isPresent() ? Outcome.RENEWED : outcome;
        }
        while (total > limits.total() || addressBytes > limits.addressBytes()) {
            var _ = removeIf(byKey.lastEntry().getValue(), _ -> true);
            byKey.pollLastEntry();
        }
        if (!byKey.containsKey(place)) {
            return Outcome.NO_ROOM;
        }
        if (providers.isEmpty()) {
            byKey.remove(place);
        }
        return outcome;
    }

    /** A key that is full takes one more if that makes it more diverse: the oldest of its largest group goes. */
    private Outcome makeRoom(List<Provider> providers, Optional<String> group) {
        long ofGroup = count(providers, group);
        if (group.isPresent() && ofGroup >= diversity.perBucket()) {
            return Outcome.GROUP_IS_FULL;
        }
        if (providers.size() < limits.perKey()) {
            return Outcome.ADDED;
        }
        Provider crowding = providers.stream()
                .max(Comparator.comparingLong((Provider provider) -> count(providers, provider.group()))
                        .thenComparing(LATEST_FIRST))
                .orElseThrow();
        if (count(providers, crowding.group()) <= ofGroup + 1) {
            return Outcome.KEY_IS_FULL;
        }
        var _ = removeIf(providers, crowding::equals);
        return Outcome.ADDED;
    }

    private static long count(List<Provider> providers, Optional<String> group) {
        return providers.stream()
                .filter(provider -> provider.group().equals(group))
                .count();
    }

    /** {@return the providers of a key, those first who have said so last} */
    public List<Contact> providers(Bytes key, Instant now) {
        long nowMillis = now.toEpochMilli();
        return byKey.getOrDefault(Key.of(key), List.of()).stream()
                .filter(provider -> !provider.isOver(nowMillis))
                .sorted(LATEST_FIRST)
                .map(Provider::contact)
                .toList();
    }

    private Known use(Contact contact, Optional<String> group) {
        Known entry = known.computeIfAbsent(contact.id(), _ -> {
            addressBytes += addressBytesOf(contact);
            return new Known(contact, group);
        });
        // What is equal is kept once: of a million providers it would be most of the memory.
        if (!entry.contact.equals(contact)) {
            addressBytes += addressBytesOf(contact) - addressBytesOf(entry.contact);
            entry.contact = contact;
        }
        if (!entry.group.equals(group)) {
            entry.group = group;
        }
        entry.uses++;
        total++;
        return entry;
    }

    private static long addressBytesOf(Contact contact) {
        return contact.addresses().stream().mapToLong(Bytes::size).sum();
    }

    private boolean removeIf(List<Provider> providers, Predicate<Provider> gone) {
        return providers.removeIf(provider -> {
            if (!gone.test(provider)) {
                return false;
            }
            total--;
            if (--provider.known().uses == 0) {
                known.remove(provider.contact().id());
                addressBytes -= addressBytesOf(provider.contact());
            }
            return true;
        });
    }

    /** Forgets what has expired. */
    public void expire(Instant now) {
        long nowMillis = now.toEpochMilli();
        for (Iterator<List<Provider>> all = byKey.values().iterator(); all.hasNext(); ) {
            List<Provider> providers = all.next();
            var _ = removeIf(providers, provider -> provider.isOver(nowMillis));
            if (providers.isEmpty()) {
                all.remove();
            }
        }
    }

    /** {@return how many providers there are, of all keys} */
    public int size() {
        return total;
    }

    /** {@return how many keys there are} */
    public int keys() {
        return byKey.size();
    }
}
