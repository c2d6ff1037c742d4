package net.pangea.kad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of the disjoint paths of a {@link Search}: the peers it has learnt of, in the order in which it would ask them.
 */
final class SearchPath {
    /** Only the first {@code wanted} matter, and who takes the place of those that fail; whatever replies say. */
    private static final int REMEMBERED_PER_WANTED = 5;

    private final SearchPlan plan;
    private final int index;
    private final Comparator<Candidate> order;
    private final List<Candidate> candidates = new ArrayList<>();
    private int inFlight;
    private int asked;
    private int withoutProgress;

    SearchPath(SearchPlan plan, int index, Comparator<Candidate> order) {
        this.plan = plan;
        this.index = index;
        this.order = order;
    }

    /** {@return who fell out of the list to make room, who may be the one just added} */
    Optional<Candidate> add(Candidate candidate) {
        int place = place(candidate);
        if (place < candidates.size() && order.compare(candidates.get(place), candidate) == 0) {
            return Optional.empty();
        }
        candidates.add(place, candidate);
        candidate.isListed();
        return candidates.size() > REMEMBERED_PER_WANTED * plan.wanted()
                ? Optional.of(candidates.removeLast())
                : Optional.empty();
    }

    private int place(Candidate candidate) {
        int from = 0;
        int to = candidates.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (order.compare(candidates.get(middle), candidate) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** {@return whether this path has what it wants, or nobody left to ask} */
    boolean isDone() {
        int answered = 0;
        for (Candidate candidate : candidates) {
            switch (candidate.state()) {
                case WAITING -> {
                    return false;
                }
                case NEW -> {
                    return asked >= plan.askedMax() && inFlight == 0;
                }
                case ANSWERED -> {
                    if (++answered == plan.wanted()) {
                        return true;
                    }
                }
                case LATE, FAILED -> {}
            }
        }
        return true;
    }

    /** {@return whom to ask now, if there is somebody and this path may ask} */
    Optional<Candidate> next() {
        if (asked >= plan.askedMax() || inFlight >= (isStalled() ? share(plan.wanted()) : share(plan.parallel()))) {
            return Optional.empty();
        }
        int good = 0;
        for (Candidate candidate : candidates) {
            switch (candidate.state()) {
                case NEW -> {
                    return Optional.of(candidate);
                }
                case ANSWERED, WAITING -> {
                    if (++good == plan.wanted()) {
                        return Optional.empty();
                    }
                }
                case LATE, FAILED -> {}
            }
        }
        return Optional.empty();
    }

    private int share(int ofAll) {
        return Math.ceilDiv(ofAll, plan.paths());
    }

    /** {@return whether answers have brought nobody closer for a while: time to ask all of the closest at once} */
    boolean isStalled() {
        return withoutProgress >= share(plan.parallel());
    }

    void ask(Candidate candidate, long until) {
        candidate.ask(index, until);
        inFlight++;
        asked++;
    }

    void settled() {
        inFlight--;
    }

    /** Notes an answer. */
    void hasProgressed(boolean closer) {
        withoutProgress = closer ? 0 : withoutProgress + 1;
    }

    boolean hasTooFew() {
        return candidates.size() < plan.wanted();
    }

    boolean isFirst(Candidate candidate) {
        return !candidates.isEmpty() && candidates.getFirst() == candidate;
    }
}
