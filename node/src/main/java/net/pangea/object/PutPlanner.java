package net.pangea.object;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.machine.Clock;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;

/**
 * Decides where a put begins: anew, or where an earlier attempt with the same token ended. Any task may call it.
 */
final class PutPlanner {
    /** An hour less than holders keep shards without a manifest. */
    private static final Duration RESUMABLE = PutService.TICKET.minusHours(1);

    private static final int PAGE = 256;

    private final EntryStore store;
    private final Owner owner;
    private final Clock clock;
    private final SecureRandom secrets;

    PutPlanner(EntryStore store, Owner owner, Clock clock, SecureRandom secrets) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
        this.secrets = secrets;
    }

    /**
     * {@return how the put goes}
     *
     * @throws ObjectFailure SOURCE_CHANGED if the token is that of another object
     */
    PutPlan plan(PutRequest request, PutSettings settings) throws InterruptedException {
        PutPlan fresh = new PutPlan(
                request,
                settings,
                DataKey.draw(secrets),
                drawPlacementKey(),
                clock.now().toEpochMilli(),
                Optional.empty(),
                0,
                List.of());
        if (request.token().isEmpty() || fresh.segments() == 1) {
            return fresh;
        }
        ResumeLog log = new ResumeLog(store, request.token().get());
        Optional<PutPlan> resumed = resumed(request, log, settings);
        if (resumed.isPresent()) {
            return resumed.get();
        }
        log.clear();
        log.begin(new ResumePoint(
                fresh.placementKey(),
                owner.wrap(fresh.key(), fresh.placementKey()),
                request.name(),
                request.mediaType(),
                request.sizeBytes(),
                fresh.begunMillis(),
                settings.redundancy(),
                settings.segmentBytes(),
                settings.suite()));
        return new PutPlan(
                request,
                settings,
                fresh.key(),
                fresh.placementKey(),
                fresh.begunMillis(),
                Optional.of(log),
                0,
                List.of());
    }

    private Optional<PutPlan> resumed(PutRequest request, ResumeLog log, PutSettings now) {
        Optional<ResumePoint> begun = log.begun();
        if (begun.isEmpty() || isOld(begun.get())) {
            return Optional.empty();
        }
        ResumePoint point = begun.get();
        requireSame(point, request);
        PutSettings settings = new PutSettings(point.redundancy(), point.segmentBytes(), now.lease(), point.suite());
        return owner.unwrap(point.wrappedKey(), point.placementKey()).map(key -> {
            int segments = 0;
            List<String> holders = List.of();
            for (Optional<StoredSegment> segment = log.segment(0);
                    segment.isPresent();
                    segment = log.segment(segments)) {
                holders = segment.get().holders();
                segments++;
            }
            return new PutPlan(
                    request,
                    settings,
                    key,
                    point.placementKey(),
                    point.begunMillis(),
                    Optional.of(log),
                    segments,
                    holders);
        });
    }

    /** {@return whether holders may have forgotten what was stored} */
    private boolean isOld(ResumePoint point) {
        return Math.abs(clock.now().toEpochMilli() - point.begunMillis()) > RESUMABLE.toMillis();
    }

    private static void requireSame(ResumePoint point, PutRequest request) {
        if (!point.name().equals(request.name()) || point.sizeBytes() != request.sizeBytes()) {
            throw new ObjectFailure(
                    Kind.SOURCE_CHANGED,
                    "the put to be resumed was of '" + point.name() + "' with " + point.sizeBytes() + " bytes, not of '"
                            + request.name() + "' with " + request.sizeBytes() + "; put it as a new object");
        }
    }

    /** Forgets puts that nobody has resumed in time, long after they could be. */
    void forgetOld() throws InterruptedException {
        Optional<EntryKey> after = Optional.empty();
        List<EntryKey> page;
        do {
            page = store.list(EntryKind.RESUME, Bytes.EMPTY, after, PAGE);
            for (EntryKey key : page) {
                ResumeLog log = new ResumeLog(store, new Sha256(key.name().slice(0, Sha256.SIZE_BYTES)));
                if (log.begun().map(this::isForgotten).orElse(true)) {
                    log.clear();
                }
            }
            after = page.isEmpty() ? after : Optional.of(page.getLast());
        } while (page.size() == PAGE);
    }

    private boolean isForgotten(ResumePoint point) {
        return clock.now().toEpochMilli() - point.begunMillis()
                > PutService.TICKET.multipliedBy(2).toMillis();
    }

    private Sha256 drawPlacementKey() {
        byte[] drawn = new byte[Sha256.SIZE_BYTES];
        secrets.nextBytes(drawn);
        return new Sha256(Bytes.wrap(drawn));
    }
}
