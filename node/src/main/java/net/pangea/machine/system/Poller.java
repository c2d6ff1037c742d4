package net.pangea.machine.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The one thread that watches all sockets of a machine and closes them. It never blocks but in the selector.
 *
 * <p>Channels are closed here because a registered channel gives its socket back only when its selector next
 * looks: whoever must not return before (a listener, whose port may be taken again at once) can wait for
 * that.
 */
final class Poller implements AutoCloseable {
    private final Selector selector;
    private final Thread thread;
    private final Farewells farewells = new Farewells();
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** Told, on the poller's thread, what happens to a channel. */
    interface Readiness {

        /** The channel is ready for {@code operations}, which are no longer watched. */
        void ready(int operations);

        /** The channel will not be ready again. */
        void closed();
    }

    private Poller(Selector selector, String machine) {
        this.selector = selector;
        this.thread = SystemMachine.threads(machine, "network").newThread(this::loop);
    }

    static Poller start(String machine) {
        try {
            Poller poller = new Poller(Selector.open(), machine);
            poller.thread.start();
            return poller;
        } catch (IOException e) {
            throw NetworkFailures.opening("watch sockets", e);
        }
    }

    /** Makes {@code channel} non-blocking and registers it. */
    Watch watch(SelectableChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            SelectionKey key = channel.register(selector, 0);
            Watch watch = new Watch(key);
            key.attach(watch);
            if (stopping) {
                throw new ClosedChannelException();
            }
            return watch;
        } catch (ClosedSelectorException e) {
            throw closedMachine(e);
        }
    }

    private static ClosedChannelException closedMachine(ClosedSelectorException cause) {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }

    /** Closes a channel soon. What it had written is still delivered, unless it is to be {@code reset}. */
    void close(SelectableChannel channel, boolean reset) {
        request(() -> closeNow(channel, reset));
    }

    /** Closes a channel; when this returns, its port is free. */
    void closeAndWait(SelectableChannel channel) {
        FutureTask<Boolean> released = new FutureTask<>(() -> {
            closeNow(channel, false);
            lookAgain();
            return true;
        });
        request(released);
        try {
            boolean _ = Interrupts.await(released);
        } catch (ExecutionException e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }

    /** This is when the sockets of closed channels go. */
    private void lookAgain() throws IOException {
        try {
            int _ = selector.selectNow(this::ready);
        } catch (ClosedSelectorException e) {
            return; // the machine has left, and every socket went with it
        }
    }

    /** Closes a stream's output at once, and the rest when the other side is done or after a while. */
    void closeGently(SocketChannel channel, SelectionKey key) {
        request(() -> {
            if (stopping) {
                closeNow(channel, false);
            } else {
                farewells.begin(channel, key);
            }
        });
    }

    private void request(Runnable request) {
        requests.add(request);
        if (stopping) {
            runRequests(); // the thread may have looked for the last time
        } else {
            selector.wakeup();
        }
    }

    private void runRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    /**
     * Closes a channel. What the other side sent and nobody read is taken first: the system answers unread bytes
     * with a reset, and that would destroy what this side has written.
     */
    static void closeNow(SelectableChannel channel, boolean reset) {
        try (channel) {
            if (channel instanceof SocketChannel stream && stream.isOpen()) {
                if (reset) {
                    SocketChannel _ = stream.setOption(StandardSocketOptions.SO_LINGER, 0);
                } else if (stream.isConnected()) {
                    boolean _ = Farewells.discard(stream);
                }
            }
        } catch (IOException e) {
            return; // broken before: it is closed now all the same
        }
    }

    private void loop() {
        try (selector) {
            try {
                while (!stopping) {
                    int _ = selector.select(this::ready, farewells.waitMillis(System.nanoTime()));
                    farewells.endExpired(System.nanoTime());
                    runRequests();
                }
            } finally {
                stopping = true;
                closeEverything();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the system's poll failed", e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            int operations = key.readyOps();
            int _ = key.interestOpsAnd(~operations);
            ((Readiness) key.attachment()).ready(operations);
        } catch (CancelledKeyException e) {
            return; // closed while it became ready; who waited has been woken
        }
    }

    private void closeEverything() {
        runRequests();
        for (SelectionKey key : selector.keys()) {
            closeNow(key.channel(), false);
            if (key.attachment() instanceof Readiness readiness) {
                readiness.closed();
            }
        }
    }

    /** Closes every socket and ends the thread. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
