package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import net.pangea.machine.Connection;
import net.pangea.machine.ForwardingConnection;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.MultiplexedPair;
import net.pangea.machine.Pair;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;

/** Makes sessions, and streams of sessions, between two machines of a fixture, for contracts to be tried on. */
public final class YamuxPairs {
    /** Beats at this pace make silence end a session within three of them. */
    static final Duration BEAT = Duration.ofMillis(500);

    private YamuxPairs() {}

    /** {@return a session over TCP, looked after at both ends} */
    public static MultiplexedPair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        Pair transport = Pair.connect(fixture, a, b);
        AtomicBoolean isSilent = new AtomicBoolean();
        Muffled nearTransport = new Muffled(transport.near(), isSilent);
        YamuxSession near = YamuxSession.dialer(nearTransport, YamuxLimits.DEFAULT);
        YamuxSession far = YamuxSession.listener(transport.far(), YamuxLimits.DEFAULT);
        Scope nearTasks = a.tasks().open("near session");
        Scope farTasks = transport.tasks();
        start(near, nearTasks, a);
        start(far, farTasks, b);
        return new MultiplexedPair(near, far, farTasks, () -> isSilent.set(true), nearTasks::close);
    }

    private static void start(YamuxSession session, Scope tasks, Machine machine) {
        Task<YamuxEnd> _ = tasks.start("yamux", () -> session.run(tasks));
        Task<Boolean> _ = tasks.start("beats", () -> {
            session.keepAlive(machine.clock(), BEAT);
            return true;
        });
    }

    /** {@return a stream of such a session} */
    public static Pair stream(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        MultiplexedPair sessions = connect(fixture, a, b);
        Connection near = sessions.near().open();
        near.write(ByteBuffer.wrap(new byte[] {1}));
        Connection far = sessions.onFar(() -> {
                    Connection stream = sessions.far().accept();
                    int _ = stream.read(ByteBuffer.allocate(1));
                    return stream;
                })
                .join();
        return new Pair(near, far, sessions.tasks(), () -> {
            sessions.near().close();
            sessions.below().run();
        });
    }

    /** A transport whose packets no longer come through, at will. */
    private static final class Muffled extends ForwardingConnection {
        private final AtomicBoolean isSilent;

        Muffled(Connection inner, AtomicBoolean isSilent) {
            super(inner);
            this.isSilent = isSilent;
        }

        @Override
        public int read(ByteBuffer target) throws InterruptedException {
            int start = target.position();
            int count = inner.read(target);
            while (isSilent.get() && count >= 0) {
                count = inner.read(target.position(start));
            }
            return count;
        }

        @Override
        public void write(ByteBuffer source) throws InterruptedException {
            if (isSilent.get()) {
                source.position(source.limit());
            } else {
                inner.write(source);
            }
        }
    }
}
