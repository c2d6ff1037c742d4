package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;

/** What went wrong with one column. Shared by the tasks of its put. */
final class Problems {
    /** More would fill a message with peers that all say the same. */
    private static final int MAX = 16;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<String> texts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    void add(String text) {
        lock.lock();
        try {
            if (texts.size() < MAX) {
                texts.add(text);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes an answer that is not what was asked for. */
    void add(Peer peer, PeerMessage.Reply reply) {
        if (reply instanceof Refused(Refusal why, String text)) {
            add(peer + " refuses: " + text);
            lock.lock();
            try {
                if (!refusals.contains(why)) {
                    refusals.add(why);
                }
            } finally {
                lock.unlock();
            }
        } else {
            add(peer + " answers " + reply.getClass().getSimpleName());
        }
    }

    /** {@return whether a peer refused for this reason} */
    boolean has(Refusal why) {
        lock.lock();
        try {
            return refusals.contains(why);
        } finally {
            lock.unlock();
        }
    }

    List<String> texts() {
        lock.lock();
        try {
            return List.copyOf(texts);
        } finally {
            lock.unlock();
        }
    }
}
