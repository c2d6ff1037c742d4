package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pangea.bytes.Bytes;
import net.pangea.holding.HoldingEvent;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.manifest.Manifest;
import net.pangea.object.Whereabouts.Place;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.ShardFound;

/**
 * Gathers the fastest k shards of one segment, every one of them verified against the root of its column.
 *
 * <p>It asks as many holders as it needs shards, those first that are known to be fast. One whose answer is late
 * ({@link Hedge}) gets a spare beside it, and whichever comes first is taken. A holder that fails is asked again only
 * when nobody else is left, and so is one that lies, for what it has not lied about: a disk that has rotted in one place
 * is good in others. Whoever failed is asked some times more, since a machine that starts again is back within seconds. Used
 * once, by one task.
 */
final class SegmentFetch {
    /** So often those who failed are asked again: at once, and then after a second, after two more and after four more. */
    private static final int ROUNDS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final FoundObject object;
    private final Manifest manifest;
    private final int segment;
    private final Peers peers;
    private final Whereabouts whereabouts;
    private final GetNotes notes;
    private final Clock clock;
    private final Duration longest;
    private final Events events;

    private final Mailbox<Letter> letters = new Mailbox<>();
    private final Map<Integer, Bytes> shards = new LinkedHashMap<>(); // by column
    private final Map<Place, Asked> underWay = new LinkedHashMap<>();
    private final Set<Place> useless = new LinkedHashSet<>();
    private final Set<Place> failed = new LinkedHashSet<>(); // in this round
    private final List<Long> taken = new ArrayList<>();
    private int spares;
    private int round;
    private boolean widened;

    /** @param longest how long a holder is waited for before a spare is asked, if nothing is known of it */
    SegmentFetch(
            FoundObject object,
            int segment,
            Peers peers,
            Whereabouts whereabouts,
            GetNotes notes,
            Clock clock,
            Duration longest,
            Events events) {
        this.object = object;
        this.manifest = object.manifest();
        this.segment = segment;
        this.peers = peers;
        this.whereabouts = whereabouts;
        this.notes = notes;
        this.clock = clock;
        this.longest = longest;
        this.events = events;
    }

    /** What the tasks tell the one that waits. */
    private sealed interface Letter {
        /** A holder has answered, or failed. */
        record Answered(Place place, Optional<PeerMessage.Reply> reply) implements Letter {}

        /** More may be known of who holds what. */
        record News() implements Letter {}
    }

    /** A request under way. */
    private static final class Asked {
        private final long sinceNanos;
        private boolean late;

        Asked(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    /** {@return the shards found, by column: k, or fewer if there are no more} */
    Map<Integer, Bytes> run(Tasks tasks) throws InterruptedException {
        Runnable news = () -> letters.post(new Letter.News());
        whereabouts.join(news);
        try (Scope scope = tasks.open("fetch segment " + segment)) {
            while (shards.size() < manifest.dataShards()) {
                startAsMany(scope);
                if (underWay.isEmpty() && whereabouts.isExhausted()) {
                    if (!beginsAgain()) {
                        break;
                    }
                    continue;
                }
                if (underWay.isEmpty() && !whereabouts.isAsking()) {
                    widen();
                }
                Optional<Letter> letter = letters.next(clock, patience());
                if (letter.isPresent()) {
                    handle(letter.get());
                } else {
                    hedge();
                }
            }
        } finally {
            whereabouts.leave(news);
        }
        noteExactlyK();
        return shards;
    }

    /** {@return whether those who failed are to be asked again; after a while, but for the first time} */
    private boolean beginsAgain() throws InterruptedException {
        if (round == ROUNDS) {
            return false;
        }
        boolean allAnswered = failed.isEmpty() && !whereabouts.someMissed();
        failed.clear();
        round++;
        if (round == 1) {
            return true;
        }
        if (allAnswered) {
            return false;
        }
        clock.sleep(FIRST_PAUSE.multipliedBy(1L << (round - 2)));
        whereabouts.askAgain();
        return true;
    }

    private void startAsMany(Scope scope) {
        List<Place> candidates = candidates();
        for (Place place : candidates) {
            if (shards.size() + underWay.size() >= manifest.dataShards() + spares) {
                return;
            }
            if (!isAwaited(place.column())) {
                start(scope, place);
            }
        }
    }

    /** Two places may hold the same column; one is enough while it is not late. */
    private boolean isAwaited(int column) {
        return underWay.entrySet().stream()
                .anyMatch(asked -> asked.getKey().column() == column && !asked.getValue().late);
    }

    private void start(Scope scope, Place place) {
        underWay.put(place, new Asked(clock.nanoTime()));
        FetchShard request = new FetchShard(object.object(), segment, List.of(place.column()));
        scope.start("ask " + place.peer().name(), () -> {
            Optional<PeerMessage.Reply> reply;
            try {
                reply = Optional.of(peers.ask(place.peer(), request));
            } catch (PeerFailure e) {
                reply = Optional.empty();
            }
            letters.post(new Letter.Answered(place, reply));
            return place;
        });
    }

    /** Places that may help, the best first. */
    private List<Place> candidates() {
        long now = clock.nanoTime();
        long typical = peers.health().typicalNanos(now).orElse(longest.toNanos());
        return whereabouts.of(segment, manifest.columns()).stream()
                .filter(place -> !shards.containsKey(place.column()))
                .filter(place -> !underWay.containsKey(place) && !useless.contains(place) && !failed.contains(place))
                .filter(place -> round > 0 || (!notes.hasLied(place.peer()) && !notes.hasFailed(place.peer())))
                .sorted(Comparator.comparingInt((Place place) -> magnitude(peers.health()
                                .takesNanos(place.peer().name(), now)
                                .orElse(typical)))
                        .thenComparingInt(Place::column)) // data before parity: nothing to compute then
                .toList();
    }

    /** Differences below a factor of two are chance. */
    private static int magnitude(long nanos) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, nanos));
    }

    private Duration patience() {
        Duration late = lateAfter();
        long now = clock.nanoTime();
        Duration least = late;
        for (Asked asked : underWay.values()) {
            Duration left = late.minusNanos(now - asked.sinceNanos);
            least = !asked.late && left.compareTo(least) < 0 ? left : least;
        }
        return least.isPositive() ? least : Duration.ofNanos(1);
    }

    private Duration lateAfter() {
        return new Hedge(taken, notes.medianNanos(), peers.health().typicalNanos(clock.nanoTime()))
                .patience(manifest.dataShards(), longest);
    }

    /** Gives every late holder a spare; if there is none yet, looks for one. */
    private void hedge() {
        long late = lateAfter().toNanos();
        long now = clock.nanoTime();
        for (Asked asked : underWay.values()) {
            if (!asked.late && now - asked.sinceNanos >= late) {
                asked.late = true;
                spares++;
                int _ = notes.hedged.incrementAndGet();
            }
        }
        boolean isShort = shards.size() + underWay.size() + candidates().size() < manifest.dataShards() + spares;
        if (isShort && !whereabouts.isExhausted()) {
            widen();
        }
    }

    /** Asks more peers what they hold. */
    private void widen() {
        if (!widened) {
            widened = true;
            int _ = notes.widened.incrementAndGet();
        }
        whereabouts.askMore();
    }

    private void handle(Letter letter) {
        if (!(letter instanceof Letter.Answered(Place place, var reply))) {
            return; // the next round looks at what is known
        }
        Asked asked = underWay.remove(place);
        if (asked == null) {
            return;
        }
        if (asked.late) {
            spares--;
        }
        if (reply.isEmpty()) {
            notes.failed(place.peer());
            failed.add(place);
        } else if (reply.get() instanceof ShardFound found) {
            accept(place, found, clock.nanoTime() - asked.sinceNanos);
        } else {
            useless.add(place);
        }
    }

    private void accept(Place place, ShardFound found, long nanos) {
        int column = place.column();
        boolean right = found.column() == column
                && found.proof().segment() == segment
                && found.proof().verifies(manifest.columnRoots().get(column), manifest.segments(), found.shard());
        if (right) {
            shards.put(column, found.shard());
            taken.add(nanos);
            notes.took(nanos);
            return;
        }
        useless.add(place);
        notes.lied(place.peer());
        int _ = notes.rejected.incrementAndGet();
        events.emit(new HoldingEvent.ShardRejected(
                object.object().hex(), segment, column, place.peer().name(), "not the bytes that the manifest names"));
    }

    /** Everyone has said what they hold, and there is not one shard more than was needed. */
    private void noteExactlyK() {
        if (shards.size() == manifest.dataShards() && !whereabouts.isAsking()) {
            long others = whereabouts.of(segment, manifest.columns()).stream()
                    .filter(place -> !shards.containsKey(place.column()) && !useless.contains(place))
                    .filter(place -> !notes.hasLied(place.peer()) && !notes.hasFailed(place.peer()))
                    .count();
            if (others == 0 && manifest.parityShards() > 0) {
                notes.hadExactlyK();
            }
        }
    }
}
