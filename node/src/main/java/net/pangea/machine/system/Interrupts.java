package net.pangea.machine.system;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What a task does about an interrupt that is pending. */
final class Interrupts {
    private Interrupts() {}

    /** Takes a pending interrupt before a call has any effect. */
    static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Waits until {@code future} is done, whatever happens; an interrupt stays pending. */
    static <T> T await(Future<T> future) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
