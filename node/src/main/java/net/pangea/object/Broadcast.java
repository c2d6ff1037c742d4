package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.Tasks;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;

/** Asks many peers the same, some at a time, and waits for all. */
final class Broadcast {
    /** At a time: enough for hundreds of peers in seconds, little enough for one link. */
    private static final int WIDTH = 16;

    /** What one peer answered; nothing if it did not. */
    record Answer(Peer peer, Optional<PeerMessage.Reply> reply) {}

    private final Peers peers;
    private final Tasks tasks;

    Broadcast(Peers peers, Tasks tasks) {
        this.peers = peers;
        this.tasks = tasks;
    }

    /** {@return an answer for each peer, in their order} */
    List<Answer> ask(List<Peer> to, PeerMessage.Request request) throws InterruptedException {
        ConcurrentLinkedQueue<Integer> next = new ConcurrentLinkedQueue<>();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            next.add(i);
            answers.add(new Answer(to.get(i), Optional.empty()));
        }
        List<Task<List<Indexed>>> workers = new ArrayList<>();
        try (Scope scope = tasks.open("broadcast")) {
            for (int worker = 0; worker < Math.min(WIDTH, to.size()); worker++) {
                workers.add(scope.start("ask", () -> work(to, next, request)));
            }
            for (Task<List<Indexed>> worker : workers) {
                worker.join().forEach(indexed -> answers.set(indexed.index(), indexed.answer()));
            }
        }
        return answers;
    }

    private List<Indexed> work(List<Peer> to, ConcurrentLinkedQueue<Integer> next, PeerMessage.Request request)
            throws InterruptedException {
        List<Indexed> answers = new ArrayList<>();
        for (Optional<Integer> index = Optional.ofNullable(next.poll());
                index.isPresent();
                index = Optional.ofNullable(next.poll())) {
            answers.add(new Indexed(index.get(), ask(to.get(index.get()), request)));
        }
        return answers;
    }

    private Answer ask(Peer peer, PeerMessage.Request request) throws InterruptedException {
        try {
            return new Answer(peer, Optional.of(peers.ask(peer, request)));
        } catch (PeerFailure e) {
            return new Answer(peer, Optional.empty());
        }
    }

    private record Indexed(int index, Answer answer) {}
}
