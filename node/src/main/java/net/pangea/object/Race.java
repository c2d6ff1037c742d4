package net.pangea.object;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;

/**
 * Asks peers in order, a few at a time, until one has what is wanted. Who takes too long is no longer waited for, but may
 * still win.
 *
 * @param <T> what is wanted
 */
final class Race<T> {
    /** Requests under way at a time at most, the late ones among them. */
    private static final int UNDER_WAY_MAX = 96;

    /** Asks one peer. */
    @FunctionalInterface
    interface Question<T> {
        /** {@return what is wanted, if the peer has it} */
        Optional<T> ask(Peer peer) throws InterruptedException;
    }

    /**
     * How it ended.
     *
     * @param negative peers that do not have it
     * @param silent peers that did not answer
     */
    record Result<T>(Optional<T> found, int negative, int silent) {}

    private enum Outcome {
        FOUND,
        NEGATIVE,
        SILENT
    }

    private record Answer<T>(Outcome outcome, Optional<T> found) {}

    private final Tasks tasks;
    private final Clock clock;
    private final int width;
    private final Duration patience;

    /**
     * @param width how many to ask at a time
     * @param patience after so long without an answer twice as many are asked at a time
     */
    Race(Tasks tasks, Clock clock, int width, Duration patience) {
        this.tasks = tasks;
        this.clock = clock;
        this.width = width;
        this.patience = patience;
    }

    Result<T> run(List<Peer> inOrder, Question<T> question) throws InterruptedException {
        Mailbox<Answer<T>> answers = new Mailbox<>();
        int begun = 0;
        int negative = 0;
        int silent = 0;
        int aim = width;
        try (Scope scope = tasks.open("race")) {
            while (negative + silent < inOrder.size()) {
                while (begun < inOrder.size() && begun - negative - silent < Math.min(aim, UNDER_WAY_MAX)) {
                    Peer peer = inOrder.get(begun++);
                    scope.start("ask " + peer.name(), () -> {
                        answers.post(answer(peer, question));
                        return peer;
                    });
                }
                Optional<Answer<T>> answer = answers.next(clock, patience);
                if (answer.isEmpty()) {
                    aim = Math.min(2 * aim, UNDER_WAY_MAX); // many may be silent together
                } else {
                    switch (answer.get().outcome()) {
                        case FOUND -> {
                            return new Result<>(answer.get().found(), negative, silent);
                        }
                        case NEGATIVE -> negative++;
                        case SILENT -> silent++;
                    }
                }
            }
        }
        return new Result<>(Optional.empty(), negative, silent);
    }

    private static <T> Answer<T> answer(Peer peer, Question<T> question) throws InterruptedException {
        try {
            Optional<T> found = question.ask(peer);
            return new Answer<>(found.isPresent() ? Outcome.FOUND : Outcome.NEGATIVE, found);
        } catch (PeerFailure e) {
            return new Answer<>(Outcome.SILENT, Optional.empty());
        }
    }
}
