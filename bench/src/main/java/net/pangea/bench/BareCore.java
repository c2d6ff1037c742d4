package net.pangea.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The reference: workload W1 on nothing but a queue, a clock and virtual threads. It is what a simulator of this
 * form can reach at best, and shares no code with the product.
 *
 * <p>Every node has a client thread and a server thread with a mailbox. The client sends a PING to a uniformly
 * random node, waits for the PONG, sleeps up to a second, and begins again; the first ping comes after up to a
 * second. One way takes 10 to 100 ms. A round is two messages and one timer: three events, each hashed.
 */
final class BareCore implements Executor {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LATENCY_MIN_NANOS = 10_000_000L;
    private static final long LATENCY_WIDTH_NANOS = 90_000_001L;

    private static final int TIMER = 0;
    private static final int PING = 1;
    private static final int PONG = 2;

    private static final int NODE_BITS = 30;
    private static final int NODE_MASK = (1 << NODE_BITS) - 1;

    private static final MethodHandle NEW_THREAD = newThreadHandle();

    private final BareQueue queue = new BareQueue();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final Node[] nodes;
    private long now;
    private long events;
    private long messages;
    private long hash;

    BareCore(int count) {
        nodes = new Node[count];
        for (int id = 0; id < count; id++) {
            nodes[id] = new Node(this, id);
        }
        for (Node node : nodes) {
            node.server.start();
            node.client.start();
        }
    }

    private static MethodHandle newThreadHandle() {
        try {
            Class<?> builders = Class.forName("java.lang.ThreadBuilders");
            return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                    .findStatic(
                            builders,
                            "newVirtualThread",
                            MethodType.methodType(
                                    Thread.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the reference needs JDK 25 and the flags that ./pangea sets", e);
        }
    }

    private Thread newThread(Runnable body) {
        try {
            return (Thread) NEW_THREAD.invokeExact((Executor) this, "", 0, body);
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread could not be made", e);
        }
    }

    @Override
    public void execute(Runnable continuation) {
        ready.add(continuation);
    }

    long events() {
        return events;
    }

    long messages() {
        return messages;
    }

    String hash() {
        return HexFormat.of().toHexDigits(hash);
    }

    /** Goes on until {@code end} events have happened since the start. */
    void runUntil(long end) {
        while (true) {
            Runnable next = ready.poll();
            if (next != null) {
                next.run();
            } else if (events < end) {
                fire();
            } else {
                return;
            }
        }
    }

    private void fire() {
        now = queue.topTime();
        long payload = queue.topPayload();
        events++;
        mix(now);
        mix(queue.topSequence());
        mix(payload);
        queue.removeTop();
        int from = (int) (payload >>> NODE_BITS) & NODE_MASK;
        Node to = nodes[(int) payload & NODE_MASK];
        switch ((int) (payload >>> (2 * NODE_BITS))) {
            case TIMER -> {
                to.hasSlept = true;
                LockSupport.unpark(to.client);
            }
            case PING -> {
                to.put(from);
                LockSupport.unpark(to.server);
            }
            case PONG -> {
                to.hasPong = true;
                LockSupport.unpark(to.client);
            }
            default -> throw new IllegalStateException("an event of no kind");
        }
    }

    private void mix(long word) {
        hash = Long.rotateLeft((hash ^ word) * 0x9e3779b97f4a7c15L, 29);
    }

    private void send(int kind, Node from, int to) {
        messages++;
        schedule(LATENCY_MIN_NANOS + from.random.below(LATENCY_WIDTH_NANOS), kind, from.id, to);
    }

    private void schedule(long delay, int kind, int from, int to) {
        queue.add(now + delay, (long) kind << (2 * NODE_BITS) | (long) from << NODE_BITS | to);
    }

    /** A node: its two threads and what they wait for. */
    private static final class Node {
        private final BareCore core;
        private final int id;
        private final SplitMix random;
        private final Thread client;
        private final Thread server;
        private boolean hasPong;
        private boolean hasSlept;
        private int[] mailbox = new int[2];
        private int received;
        private int taken;

        Node(BareCore core, int id) {
            this.core = core;
            this.id = id;
            random = new SplitMix(id);
            client = core.newThread(this::ping);
            server = core.newThread(this::serve);
        }

        private void ping() {
            sleep();
            while (true) {
                hasPong = false;
                core.send(PING, this, (int) random.below(core.nodes.length));
                while (!hasPong) {
                    LockSupport.park();
                }
                sleep();
            }
        }

        private void sleep() {
            hasSlept = false;
            core.schedule(random.below(SECOND_NANOS), TIMER, id, id);
            while (!hasSlept) {
                LockSupport.park();
            }
        }

        private void serve() {
            while (true) {
                while (taken == received) {
                    LockSupport.park();
                }
                core.send(PONG, this, mailbox[taken++ & (mailbox.length - 1)]);
            }
        }

        private void put(int from) {
            int waiting = received - taken;
            if (waiting == mailbox.length) {
                int[] larger = new int[2 * waiting];
                for (int i = 0; i < waiting; i++) {
                    larger[i] = mailbox[(taken + i) & (waiting - 1)];
                }
                mailbox = larger;
                taken = 0;
                received = waiting;
            }
            mailbox[received++ & (mailbox.length - 1)] = from;
        }
    }
}
