package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.pangea.manifest.Manifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.ShardFound;

/**
 * Fetches shards of one object from those who hold it, and takes none that is not proven to be part of its column. Whoever
 * is slow is asked last from then on, whoever gives a wrong shard not again. One task at a time.
 */
final class Gather {
    /** After which time a holder counts as slow, while another one is left to ask. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final Surroundings around;
    private final Shared shared;
    private final Subject subject;
    private final List<Source> sources = new ArrayList<>();
    private long bytesFromPeers;

    /** @param claims the columns to fetch from, the best first */
    Gather(Surroundings around, Shared shared, Subject subject, List<Claim> claims) {
        this.around = around;
        this.shared = shared;
        this.subject = subject;
        claims.forEach(claim -> sources.add(new Source(claim)));
    }

    /** {@return what other peers have sent so far, in shards} */
    long bytesFromPeers() {
        return bytesFromPeers;
    }

    /** {@return whether there are shards of k columns of this segment} They are added to {@code have}. */
    boolean any(int segment, NavigableMap<Integer, byte[]> have) throws InterruptedException {
        return fetch(segment, _ -> true, subject.manifest().dataShards(), have);
    }

    /** {@return whether somebody has the shard of this column} It is added to {@code have}. */
    boolean one(int segment, int column, NavigableMap<Integer, byte[]> have) throws InterruptedException {
        return have.containsKey(column)
                || fetch(segment, source -> source.claim.column() == column, have.size() + 1, have);
    }

    private boolean fetch(int segment, Predicate<Source> wanted, int count, NavigableMap<Integer, byte[]> have)
            throws InterruptedException {
        while (have.size() < count) {
            List<Source> next = next(segment, wanted, count - have.size(), have);
            if (next.isEmpty()) {
                return false;
            }
            List<Source> prompt = next.stream().filter(source -> !source.slow).toList();
            if (prompt.isEmpty()) {
                take(segment, next, shared.crew().askAll(calls(segment, next)), have);
            } else {
                take(segment, prompt, shared.crew().askAll(calls(segment, prompt), SLOW), have);
            }
        }
        return true;
    }

    /** {@return whom to ask, one for each column, those that were slow before last} */
    private List<Source> next(int segment, Predicate<Source> wanted, int count, NavigableMap<Integer, byte[]> have) {
        TreeSet<Integer> columns = new TreeSet<>(have.keySet());
        return sources.stream()
                .filter(wanted)
                .filter(source -> !source.out && source.claim.segments().contains(segment))
                .sorted(Comparator.comparing((Source source) -> source.slow))
                .filter(source -> columns.add(source.claim.column()))
                .limit(count)
                .toList();
    }

    private List<Crew.Call> calls(int segment, List<Source> asked) {
        return asked.stream()
                .map(source -> new Crew.Call(
                        source.claim.peer(), new FetchShard(subject.object(), segment, List.of(source.claim.column()))))
                .toList();
    }

    private void take(
            int segment, List<Source> asked, List<Optional<Reply>> replies, NavigableMap<Integer, byte[]> have)
            throws InterruptedException {
        for (int i = 0; i < asked.size(); i++) {
            Source source = asked.get(i);
            switch (replies.get(i).orElse(null)) {
                case null -> {
                    source.out = source.slow;
                    source.slow = true;
                }
                case ShardFound found
                when isGenuine(segment, source.claim.column(), found) -> {
                    have.put(source.claim.column(), found.shard().toArray());
                    if (!isOwn(source)) {
                        bytesFromPeers += found.shard().size();
                    }
                }
                case ShardFound _ -> refute(source, "gives a wrong shard of segment " + segment);
                case NotFound _ -> {
                    if (isOwn(source) || shared.crew().stillClaims(subject, source.claim)) {
                        refute(source, "has not got the shard of segment " + segment);
                    }
                    source.out = true;
                }
                case Reply other -> refute(source, "answers " + other.getClass().getSimpleName());
            }
        }
    }

    private boolean isGenuine(int segment, int column, ShardFound found) {
        Manifest manifest = subject.manifest();
        return found.column() == column
                && found.proof().segment() == segment
                && found.proof().verifies(manifest.columnRoots().get(column), manifest.segments(), found.shard());
    }

    private void refute(Source source, String why) {
        source.out = true;
        Claim claim = source.claim;
        if (!isOwn(source)) { // what is damaged here, the holder finds out by itself
            shared.book().note(subject.object(), claim, false, around.clock().nanoTime());
        }
        around.events()
                .emit(new RepairEvent.AuditFailed(
                        subject.object().hex(), claim.column(), claim.peer().name(), why));
    }

    private boolean isOwn(Source source) {
        return around.isSelf(source.claim.peer().name());
    }

    /** A column at a peer. */
    private static final class Source {
        private final Claim claim;
        private boolean slow;
        private boolean out;

        Source(Claim claim) {
            this.claim = claim;
        }
    }
}
