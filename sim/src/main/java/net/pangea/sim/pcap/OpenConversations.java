package net.pangea.sim.pcap;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pangea.machine.Endpoint;

/**
 * The conversations that may have more packets, by their pair of endpoints.
 *
 * <p>Real machines tell connections apart by that pair, and so does Wireshark. The simulated network does not: a machine
 * that was started anew takes the ports again that connections of its last life had, some of which its peers still hold
 * open. Once a pair is another connection's, what comes of the old one is no longer written.
 */
final class OpenConversations {
    /**
     * How long packets of a connection without ends can still be under way: segments are given up after 924 s, and this
     * is well beyond.
     */
    private static final long AFTERLIFE_NANOS = 3_600_000_000_000L;

    // Looked up, never iterated.
    private final Map<Pair, TcpConversation> byPair = new HashMap<>();
    /** Those of which both ends are gone, with the time since which they are; the oldest first. */
    private final Map<Pair, Long> leaving = new LinkedHashMap<>();

    private record Pair(Endpoint client, Endpoint server) {
        static Pair of(TcpConversation conversation) {
            return new Pair(
                    conversation.client().endpoint(), conversation.client().dialled());
        }
    }

    void opened(TcpConversation conversation) {
        Pair pair = Pair.of(conversation);
        TcpConversation before = byPair.put(pair, conversation);
        if (before != null) {
            before.supersede();
            leaving.remove(pair);
        }
    }

    /** Both ends are gone, and packets may be under way. */
    void left(TcpConversation conversation, long nanos) {
        forgetBefore(nanos - AFTERLIFE_NANOS);
        Pair pair = Pair.of(conversation);
        if (byPair.get(pair) == conversation) {
            leaving.putIfAbsent(pair, nanos);
        }
    }

    /** Nothing more can come. */
    void ended(TcpConversation conversation) {
        Pair pair = Pair.of(conversation);
        if (byPair.remove(pair, conversation)) {
            leaving.remove(pair);
        }
    }

    int count() {
        return byPair.size();
    }

    private void forgetBefore(long nanos) {
        Iterator<Map.Entry<Pair, Long>> oldest = leaving.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Pair, Long> next = oldest.next();
            if (next.getValue() >= nanos) {
                return;
            }
            oldest.remove();
            byPair.remove(next.getKey());
        }
    }
}
