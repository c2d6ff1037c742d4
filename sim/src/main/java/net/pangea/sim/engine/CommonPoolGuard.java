package net.pangea.sim.engine;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The thread factory of the JVM's common pool: ends the run of a simulation whose code asks for the pool, at
 * the call that did. Outside a simulation it makes ordinary threads. Named in a JVM flag, hence public.
 */
public final class CommonPoolGuard implements ForkJoinWorkerThreadFactory {

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        if (VirtualThreads.carrier() instanceof LoopThread loop) {
            throw loop.simulation()
                    .fail("the common pool was used (parallel stream, CompletableFuture.*Async): use Tasks", null);
        }
        return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    }
}
