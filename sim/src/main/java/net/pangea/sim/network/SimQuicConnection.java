package net.pangea.sim.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.RandomStream;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import org.jspecify.annotations.Nullable;

/** One end of a QUIC connection. Its packets are {@link QuicPath}'s, its silence is {@link QuicSilence}'s. */
final class SimQuicConnection implements SecureConnection {
    private static final int CLIENT = 0;
    private static final int SERVER = 1;

    /** The two low bits of a stream's number say who opened it, and that it has two directions (RFC 9000, section 2.1). */
    private static final int ID_STEP = 4;

    private final SimQuicSocket socket;
    private final SimQuicSocket peerSocket;
    private final Endpoint firstRemote;
    private final Map<Long, SimQuicStream> streams = new LinkedHashMap<>();
    private final Deque<SimQuicStream> opened = new ArrayDeque<>();
    private final Set<SimQuicStream> blocked = new LinkedHashSet<>();
    private final Waiters acceptors = new Waiters();
    private final Waiters enders = new Waiters();
    private final QuicSilence silence;
    private Endpoint remote;
    private @Nullable QuicPath path;
    private @Nullable RandomStream cutting;
    private @Nullable Kind failure;
    private long nextId;
    private long outstandingBytes;
    private long unreportedBytes;
    private int admitted;
    private boolean dead;

    /**
     * An end of {@code socket}.
     *
     * @param peerSocket of the other end
     */
    SimQuicConnection(SimQuicSocket socket, Endpoint remote, SimQuicSocket peerSocket) {
        this.socket = socket;
        this.firstRemote = remote;
        this.remote = remote;
        this.peerSocket = peerSocket;
        this.silence = new QuicSilence(this, socket.settings(), peerSocket.settings());
    }

    /** Connects two ends. */
    static void join(SimQuicConnection client, SimQuicConnection server, long key) {
        client.path = new QuicPath(client, server, RandomStream.at(key, 0, CLIENT));
        server.path = new QuicPath(server, client, RandomStream.at(key, 0, SERVER));
        client.cutting = RandomStream.at(key, 1, CLIENT);
        server.cutting = RandomStream.at(key, 1, SERVER);
        client.nextId = CLIENT;
        server.nextId = SERVER;
        client.traced(3, client.local().port());
    }

    NetworkStack stack() {
        return socket.stack();
    }

    QuicSilence silence() {
        return silence;
    }

    RandomStream cutting() {
        if (cutting == null) {
            throw new IllegalStateException("an unconnected end");
        }
        return cutting;
    }

    private QuicPath path() {
        if (path == null) {
            throw new IllegalStateException("an unconnected end");
        }
        return path;
    }

    @Override
    public Endpoint local() {
        return socket.local();
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    /** {@return where the other end was when the connection began} */
    Endpoint firstRemote() {
        return firstRemote;
    }

    /**
     * {@return whether this end takes packets from {@code source}} The side that was dialled follows a peer whose NAT box gives it
     * another port (RFC 9000, section 9.3); the side that dialled drops what comes from elsewhere (section 9).
     */
    boolean follows(Endpoint source) {
        return source.equals(remote) || nextId % 2 == SERVER;
    }

    /** The other end is there from now on. */
    void moved(Endpoint source) {
        remote = source;
    }

    @Override
    public byte[] peerCertificate() {
        return peerSocket.identity().certificate();
    }

    @Override
    public int openStreams() {
        return streams.size();
    }

    @Override
    public Connection open() throws InterruptedException {
        Pauses.interruptibly(simulation(), stack().nic().number(), SimConnection.CALL_NANOS);
        requireUsable();
        if (admitted >= peerSocket.settings().streamsMax()) {
            throw new NetworkFailure(Kind.EXHAUSTED, "streams of " + this);
        }
        admitted++;
        SimQuicStream near = new SimQuicStream(this, nextId, peerSocket.settings());
        SimQuicStream far = new SimQuicStream(path().receiver(), nextId, socket.settings());
        SimQuicStream.join(near, far);
        nextId += ID_STEP;
        streams.put(near.id(), near);
        return near;
    }

    @Override
    public Connection accept() throws InterruptedException {
        while (true) {
            requireUsable();
            if (!opened.isEmpty() && !Thread.currentThread().isInterrupted()) {
                return opened.remove();
            }
            acceptors.await(simulation());
        }
    }

    /** The other side has opened a stream. */
    void offer(SimQuicStream stream) {
        streams.put(stream.id(), stream);
        opened.add(stream);
        acceptors.wake();
    }

    /** A stream has ended in both directions; if nobody has accepted it, nobody will. */
    void ended(SimQuicStream stream) {
        streams.remove(stream.id());
        boolean _ = opened.remove(stream);
        if (stream.id() % 2 != nextId % 2) {
            SimQuicConnection peer = path().receiver();
            send(0, () -> peer.admitted--);
        }
    }

    /** {@return how much may be sent before the other side has read more} */
    long roomBytes() {
        return peerSocket.settings().connectionWindowBytes() - outstandingBytes;
    }

    void sent(long bytes) {
        outstandingBytes += bytes;
    }

    /** This side has read so much, or dropped it: the other side is told for every quarter of the window. */
    void read(int bytes) {
        unreportedBytes += bytes;
        if (4 * unreportedBytes >= socket.settings().connectionWindowBytes()) {
            long reported = unreportedBytes;
            unreportedBytes = 0;
            SimQuicConnection peer = path().receiver();
            send(0, () -> peer.release(reported));
        }
    }

    /** The other side has read so much, or never will. */
    void release(long bytes) {
        outstandingBytes -= bytes;
        new ArrayList<>(blocked).forEach(SimQuicStream::wakeWriter);
        blocked.clear();
    }

    /** {@code stream} waits for a {@link #release}. */
    void blocks(SimQuicStream stream) {
        blocked.add(stream);
    }

    /** Sends a packet, which has its effect at the other end when it arrives, unless that is gone. */
    void send(int bytes, Runnable effect) {
        path().send(bytes, effect);
    }

    void begin() {
        silence.begin();
    }

    void handshakeDone() {
        socket.endedHandshake(this);
    }

    @Override
    public Kind awaitEnd() throws InterruptedException {
        while (failure == null) {
            enders.await(simulation());
        }
        return failure;
    }

    @Override
    public void close() {
        if (failure == null) {
            path().sayGoodbye();
            end(Kind.CLOSED);
        }
    }

    /** The connection broke for a reason from outside. */
    void fail(Kind why) {
        if (failure == null && !dead) {
            end(why);
        }
    }

    private void end(Kind why) {
        failure = why;
        traced(4, number(why));
        silence.end();
        socket.ended(this);
        Set<SimQuicStream> all = new LinkedHashSet<>(streams.values());
        streams.clear();
        opened.clear();
        blocked.clear();
        all.forEach(stream -> stream.connectionEnded(why));
        acceptors.wake();
        enders.wake();
    }

    /** The incarnation has ended. */
    void die() {
        dead = true;
    }

    /** {@return whether its incarnation has ended without closing it} */
    boolean isDead() {
        return dead;
    }

    @Override
    public boolean hasEnded() {
        return failure != null;
    }

    private void requireUsable() {
        if (failure != null) {
            throw new NetworkFailure(failure, toString());
        }
    }

    Simulation simulation() {
        return stack().fabric().simulation();
    }

    /** {@return how the trace tells ends apart} */
    private static long number(Kind why) {
        return switch (why) {
            case CLOSED -> 1;
            case RESET -> 2;
            case TIMED_OUT -> 3;
            default -> throw new IllegalArgumentException("a connection does not end so: " + why);
        };
    }

    private void traced(int what, long detail) {
        simulation()
                .trace()
                .record(simulation().now(), Trace.Kind.CONNECTION, stack().nic().number(), what, detail);
    }

    @Override
    public String toString() {
        return "QUIC connection " + local() + " to " + remote;
    }
}
