package net.pangea.legacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.libp2p.Stream;
import net.pangea.libp2p.StreamHandler;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.multiformats.PeerId;

/**
 * Serves {@link LegacyRequest#PROTOCOL}: one request a stream, each in the task of its stream. It does so once somebody hands it
 * to {@link net.pangea.libp2p.Host#serve}. A request that is refused costs its stream, which is reset, and is counted.
 */
public final class LegacyServer implements StreamHandler {
    static final Bytes OK = Bytes.wrap("OK".getBytes(StandardCharsets.US_ASCII));

    /** Of an answer, what goes out after the turn was given back: so little that it costs no memory to speak of. */
    private static final int LAST_BYTES = 1 << 10;

    private final LegacyStore store;
    private final Clock clock;
    private final LegacySettings settings;
    private final Turns turns;
    private final AtomicLong served = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final EnumMap<Reason, Long> refused = new EnumMap<>(Reason.class); // guarded by lock

    public LegacyServer(LegacyStore store, Clock clock, LegacySettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.turns = new Turns(settings);
    }

    @Override
    public void handle(Stream stream) throws InterruptedException {
        try {
            StreamInput in = new StreamInput(stream);
            // Whoever has begun to ask knows that the protocol is agreed on. Before that, a reset would look like the
            // end of the
            // connection to some, this project's host among them. And who has not begun takes nobody's turn.
            boolean _ = inTime("to begin", () -> {
                in.awaitFirst();
                return true;
            });
            try (Turns.Turn turn = turns.enter(stream.peer())) {
                serve(in, stream, turn);
            }
        } catch (LegacyRefusal e) {
            count(e.reason());
            stream.reset();
        }
    }

    /** The turn ends before the answer does: whoever has all of an answer may ask again at once. */
    private void serve(StreamInput in, Stream stream, Turns.Turn turn) throws InterruptedException {
        LegacyRequest request = inTime("the request", () -> LegacyRequest.read(in));
        ByteBuffer answer = answer(request, stream.peer()).asBuffer();
        int most = Math.max(0, answer.remaining() - LAST_BYTES);
        boolean _ = inTime("taking the answer", () -> {
            if (most > 0) {
                stream.write(answer.slice(0, most));
            }
            turn.close();
            long _ = served.incrementAndGet();
            stream.write(answer.position(most));
            stream.closeOutput();
            return true;
        });
    }

    private <T> T inTime(String what, Body<T, RuntimeException> body) throws InterruptedException {
        try {
            return clock.within(settings.patience(), body);
        } catch (DeadlineExceeded e) {
            throw new LegacyRefusal(Reason.TOO_SLOW, what + " took more than " + settings.patience(), e);
        }
    }

    /** Not within a deadline: what is written to the disk is waited for, so that it is known whether it is there. */
    private Bytes answer(LegacyRequest request, PeerId peer) throws InterruptedException {
        return switch (request) {
            case LegacyRequest.FetchShard(Bytes hash, long index) -> orNone(store.shard(hash, index));
            case LegacyRequest.FetchShare(Bytes id) -> orNone(store.share(id));
            case LegacyRequest.StoreShard(Bytes hash, long index, Bytes data) -> {
                store.keepShard(peer, hash, index, data);
                yield OK;
            }
            case LegacyRequest.StoreShare(Bytes id, long _, Bytes share) -> {
                store.keepShare(peer, id, share);
                yield OK;
            }
        };
    }

    private static Bytes orNone(Optional<Bytes> content) {
        return content.orElse(Bytes.EMPTY);
    }

    private void count(Reason reason) {
        lock.lock();
        try {
            refused.merge(reason, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many requests are being served} */
    public int serving() {
        return turns.taken();
    }

    /** {@return how many requests were answered, but perhaps for the last bytes} */
    public long served() {
        return served.get();
    }

    /** {@return how many requests were refused, by the reason} */
    public Map<Reason, Long> refused() {
        lock.lock();
        try {
            return Collections.unmodifiableMap(new EnumMap<>(refused));
        } finally {
            lock.unlock();
        }
    }
}
