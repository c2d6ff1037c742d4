package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;

/**
 * A network of peers that answer at once, on the task that asks. Its connections can be broken, or made to answer too
 * late. Waiting for an answer that has not come is a deadline that has passed.
 */
final class ScriptedNetwork implements Network {
    static final Endpoint PEER = new Endpoint(IpAddress.of(10, 0, 0, 1), 1);

    private static final PeerCodec CODEC = new PeerCodec();

    private final Function<PeerMessage, PeerMessage> answerer;
    final List<Scripted> connections = new CopyOnWriteArrayList<>();
    boolean refusing;
    int refused;
    /** Answers do not come. */
    boolean late;
    /** Answers are not messages. */
    boolean garbled;

    ScriptedNetwork(Function<PeerMessage, PeerMessage> answerer) {
        this.answerer = answerer;
    }

    List<Scripted> open() {
        return connections.stream().filter(connection -> !connection.closed).toList();
    }

    @Override
    public Connection connect(Endpoint remote) {
        if (refusing) {
            refused++;
            throw new NetworkFailure(NetworkFailure.Kind.REFUSED, "connect to " + remote);
        }
        Scripted connection = new Scripted(remote);
        connections.add(connection);
        return connection;
    }

    @Override
    public Listener listen(Endpoint local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramSocket bind(Endpoint local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QuicSocket quic(Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramSocket join(Endpoint group, IpAddress at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<IpAddress> resolve(String host) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<IpAddress> addresses() {
        throw new UnsupportedOperationException();
    }

    /** The asking side of a connection. */
    final class Scripted implements Connection {
        private final Endpoint remote;
        private ByteWriter said = new ByteWriter();
        private final List<ByteBuffer> answers = new ArrayList<>();
        /** The peer has closed it, or is gone. */
        boolean ended;
        /** The peer resets it. */
        boolean reset;

        boolean outputEnded;
        boolean closed;
        int requests;

        Scripted(Endpoint remote) {
            this.remote = remote;
        }

        @Override
        public Endpoint local() {
            return PEER;
        }

        @Override
        public Endpoint remote() {
            return remote;
        }

        @Override
        public void write(ByteBuffer source) {
            if (closed) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "write");
            }
            if (reset) {
                throw new NetworkFailure(NetworkFailure.Kind.RESET, "write");
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            said.raw(Bytes.wrap(bytes));
            if (!ended) {
                answer();
            }
        }

        private void answer() {
            Bytes all = said.toBytes();
            if (all.size() < 4 || all.size() < 4 + all.asBuffer().getInt(0)) {
                return;
            }
            said = new ByteWriter();
            requests++;
            PeerMessage answer = answerer.apply(CODEC.decode(all.slice(4, all.size())));
            Bytes content = garbled ? Bytes.wrap(new byte[3]) : CODEC.encode(answer);
            answers.add(new ByteWriter().sized(content).toBytes().asBuffer());
        }

        @Override
        public int read(ByteBuffer target) {
            if (closed) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "read");
            }
            if (ended) {
                return -1;
            }
            if (late || answers.isEmpty()) {
                throw new DeadlineExceeded(Duration.ofSeconds(1), null);
            }
            ByteBuffer next = answers.getFirst();
            int count = Math.min(target.remaining(), next.remaining());
            target.put(next.slice(next.position(), count));
            next.position(next.position() + count);
            if (!next.hasRemaining()) {
                answers.removeFirst();
            }
            return count;
        }

        @Override
        public void closeOutput() {
            outputEnded = true;
        }

        @Override
        public void reset() {
            closed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
