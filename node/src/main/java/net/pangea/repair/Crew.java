package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Scope;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;

/** Asks many peers at once, a bounded number of them at a time, and lets the flock know who answers. */
final class Crew {
    /** So many dead peers cost one time-out together, and so many answers are in memory. */
    static final int HANDS = 32;

    private final Surroundings around;
    private final Flock flock;

    Crew(Surroundings around, Flock flock) {
        this.around = around;
        this.flock = flock;
    }

    /** A request to one peer. */
    record Call(Peer peer, Request request) {}

    /** {@return the answer to each call, in order; nothing where there was none} */
    List<Optional<Reply>> askAll(List<Call> calls) throws InterruptedException {
        return forAll(calls, this::ask);
    }

    /** {@return the same, each call given up after {@code limit}, which says no more of its peer than that it is slow} */
    List<Optional<Reply>> askAll(List<Call> calls, Duration limit) throws InterruptedException {
        return forAll(calls, call -> {
            try {
                return around.clock().within(limit, () -> ask(call));
            } catch (DeadlineExceeded e) {
                return Optional.empty();
            }
        });
    }

    /** {@return what {@code asking} gives for each, in order} */
    <T, R> List<Optional<R>> forAll(List<T> all, Asking<T, R> asking) throws InterruptedException {
        if (all.isEmpty()) {
            return List.of();
        }
        List<Optional<R>> answers = new ArrayList<>(Collections.nCopies(all.size(), Optional.empty()));
        AtomicInteger next = new AtomicInteger();
        try (Scope scope = around.tasks().open("repair-ask")) {
            for (int hand = 0; hand < Math.min(HANDS, all.size()); hand++) {
                var _ = scope.start("ask", () -> {
                    for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
                        answers.set(i, asking.ask(all.get(i))); // every place has one writer, whom the scope joins
                    }
                    return true;
                });
            }
            scope.joinAll();
        }
        return answers;
    }

    Optional<Reply> ask(Call call) throws InterruptedException {
        String name = call.peer().name();
        try {
            Reply reply = around.callers().ask(call.peer(), call.request());
            if (!around.isSelf(name)) {
                flock.heard(name, around.clock().nanoTime());
            }
            return Optional.of(reply);
        } catch (PeerFailure e) {
            if (!around.isSelf(name)) {
                flock.missed(name, around.clock().nanoTime());
            }
            return Optional.empty();
        }
    }

    /**
     * {@return whether a peer that has not got what it claimed claims it still} If not, it was no lie: the object was deleted
     * or has expired meanwhile, or its holder has found the damage itself.
     */
    boolean stillClaims(Subject subject, Claim claim) throws InterruptedException {
        return ask(new Call(claim.peer(), new FetchHoldings(List.of(subject.object()))))
                .filter(reply -> reply instanceof Holdings holdings
                        && holdings.objects().size() == 1
                        && subject.claims(
                                        claim.peer(),
                                        holdings.objects().getFirst().columns())
                                .contains(claim))
                .isPresent();
    }

    /** Asks about one thing. */
    interface Asking<T, R> {
        Optional<R> ask(T about) throws InterruptedException;
    }
}
