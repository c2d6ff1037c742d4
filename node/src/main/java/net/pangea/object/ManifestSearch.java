package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Message.FetchManifest;
import net.pangea.protocol.Message.ManifestFound;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;

/**
 * Finds a manifest by asking: this node itself first, then its peers, some at a time, until one gives bytes
 * with the right hash. Any task may call it.
 */
final class ManifestSearch {
    /**
     * Asked at a time. Who the holders are, only the manifest would tell, so the order of asking has nothing to do
     * with it: with few holders among many peers, several rounds are needed.
     */
    private static final int FAN_OUT = 16;

    private enum Outcome {
        FOUND,
        /** It answered, and does not have it. */
        UNKNOWN,
        NO_ANSWER
    }

    private record Answer(Outcome outcome, Bytes manifest) {}

    private final Peers peers;
    private final Tasks tasks;

    ManifestSearch(Peers peers, Tasks tasks) {
        this.peers = peers;
        this.tasks = tasks;
    }

    /**
     * {@return the manifest of that id}
     *
     * @throws ObjectFailure UNKNOWN_OBJECT if every peer says that it does not have it, NOT_ENOUGH_PEERS if
     *     some did not answer
     */
    Manifest find(Sha256 object) throws InterruptedException {
        Answer own = ask(peers.self(), object);
        if (own.outcome() == Outcome.FOUND) {
            return decode(own.manifest());
        }
        List<Peer> others = Placement.rank(object, peers.others());
        int silent = 0;
        for (int from = 0; from < others.size(); from += FAN_OUT) {
            for (Answer answer : askAll(others.subList(from, Math.min(others.size(), from + FAN_OUT)), object)) {
                if (answer.outcome() == Outcome.FOUND) {
                    return decode(answer.manifest());
                }
                silent += answer.outcome() == Outcome.NO_ANSWER ? 1 : 0;
            }
        }
        if (silent > 0) {
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS,
                    "nobody who answered knows the object, " + silent + " of " + others.size() + " peers did not");
        }
        throw new ObjectFailure(Kind.UNKNOWN_OBJECT, "none of " + (others.size() + 1) + " nodes knows the object");
    }

    /** {@return the answers up to the first that has the manifest, or all} */
    private List<Answer> askAll(List<Peer> some, Sha256 object) throws InterruptedException {
        BlockingQueue<Answer> queue = new LinkedBlockingQueue<>();
        List<Answer> answers = new ArrayList<>();
        try (Scope scope = tasks.open("find manifest")) {
            for (Peer peer : some) {
                scope.start("ask " + peer.name(), () -> queue.add(ask(peer, object)));
            }
            while (answers.size() < some.size()) {
                Answer answer = queue.take();
                answers.add(answer);
                if (answer.outcome() == Outcome.FOUND) {
                    return answers;
                }
            }
        }
        return answers;
    }

    private Answer ask(Peer peer, Sha256 object) throws InterruptedException {
        try (Peers.Link link = peers.to(peer)) {
            PeerReply reply = link.ask(new FetchManifest(object));
            return reply instanceof ManifestFound(Bytes manifest)
                            && Sha256.of(manifest).equals(object)
                    ? new Answer(Outcome.FOUND, manifest)
                    : new Answer(Outcome.UNKNOWN, Bytes.EMPTY);
        } catch (PeerFailure e) {
            return new Answer(Outcome.NO_ANSWER, Bytes.EMPTY);
        }
    }

    private static Manifest decode(Bytes manifest) {
        try {
            return Manifest.decode(manifest);
        } catch (MalformedBytes e) {
            throw new ObjectFailure(Kind.DAMAGED_OBJECT, "what has this hash is no manifest: " + e.getMessage());
        }
    }
}
