package net.pangea.sim.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything the simulator knows of the inside of JDK 25, in one place; {@link SelfTest} tries it before the first run.
 *
 * <p>Five things are not public API. Making a virtual thread on a scheduler of ours
 * ({@code ThreadBuilders.newVirtualThread}). Replacing the {@code Runnable} that such a thread submits to its
 * scheduler by one of ours, so that the loop knows which task it resumes at no cost. Reading how a thread
 * stopped, so that a wait on a monitor, which a JDK thread would end at some real time, is refused when it
 * begins. Finding the platform thread below a virtual one, so that a call from outside the simulation is
 * recognised. Finding the stack of a thread that waits, so that memory can bring it before the thread goes on.
 *
 * <p>Users of the simulator as a library start the JVM with {@value SelfTest#FLAGS}.
 */
final class VirtualThreads {
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;
    private static final int TERMINATED = 99;
    private static final int BLOCKED_ON_MONITOR = 13;
    private static final int WAITING_ON_MONITOR = 16;
    private static final int TIMED_WAITING_ON_MONITOR = 18;

    private static final MethodHandle NEW_THREAD;
    private static final MethodHandle CARRIER;
    private static final MethodHandle CONTINUE;
    private static final Field CONTINUATION;
    private static final VarHandle STATE;
    private static final VarHandle CONT;
    private static final VarHandle STACK;
    private static final VarHandle STACK_SIZE;

    static {
        try {
            MethodHandles.Lookup inThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            Class<?> builders = Class.forName("java.lang.ThreadBuilders");
            Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
            MethodType make =
                    MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class);
            NEW_THREAD = MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                    .findStatic(builders, "newVirtualThread", make);
            CARRIER = inThread.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            CONTINUE = MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                    .findVirtual(virtualThread, "runContinuation", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Thread.class));
            CONTINUATION = virtualThread.getDeclaredField("runContinuation");
            CONTINUATION.setAccessible(true);
            STATE = MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                    .findVarHandle(virtualThread, "state", int.class)
                    .withInvokeBehavior();
            Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
            Class<?> stack = Class.forName("jdk.internal.vm.StackChunk");
            CONT = MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                    .findVarHandle(virtualThread, "cont", continuation)
                    .withInvokeBehavior();
            STACK = MethodHandles.privateLookupIn(continuation, MethodHandles.lookup())
                    .findVarHandle(continuation, "tail", stack)
                    .withInvokeBehavior();
            STACK_SIZE = MethodHandles.privateLookupIn(stack, MethodHandles.lookup())
                    .findVarHandle(stack, "size", int.class)
                    .withInvokeBehavior();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the virtual threads of this JVM are made otherwise", e);
        }
    }

    private VirtualThreads() {}

    /** {@return a new thread that {@code scheduler} is asked to run through {@code task}} */
    static Thread newThread(Executor scheduler, String name, Runnable body, SimTask task) {
        try {
            Thread thread = (Thread) NEW_THREAD.invokeExact(scheduler, name, NO_INHERIT_THREAD_LOCALS, body);
            task.bind(thread);
            CONTINUATION.set(thread, task);
            return thread;
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread could not be made", e);
        }
    }

    /** Continues a thread of {@link #newThread} until it waits again or ends. */
    static void resume(Thread thread) {
        try {
            CONTINUE.invokeExact(thread);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread could not be resumed", e);
        }
    }

    /** {@return the platform thread that runs the caller} */
    static Thread carrier() {
        try {
            return (Thread) CARRIER.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("the carrier thread could not be found", e);
        }
    }

    /** {@return how an unmounted thread stopped, for {@link #hasEnded} and {@link #waitsForMonitor}} */
    static int state(Thread thread) {
        return (int) STATE.get(thread);
    }

    /** {@return what keeps the stack of an unmounted thread} */
    static Object continuation(Thread thread) {
        return (Object) CONT.get(thread);
    }

    /** {@return the stack that a continuation goes on with first; null if it has none} */
    static @Nullable Object stack(Object continuation) {
        return (Object) STACK.get(continuation);
    }

    static int stackSize(Object stack) {
        return (int) STACK_SIZE.get(stack);
    }

    static boolean hasEnded(int state) {
        return state == TERMINATED;
    }

    /** {@return whether the thread waits for a monitor, entering it or in {@code Object.wait}} */
    static boolean waitsForMonitor(int state) {
        return state == BLOCKED_ON_MONITOR || state == WAITING_ON_MONITOR || state == TIMED_WAITING_ON_MONITOR;
    }
}
