package net.pangea.sim.engine;

import org.jspecify.annotations.Nullable;

/**
 * A run that proves nothing, because the harness or the node broke the rules of the simulation: something
 * escaped the seam, everything waits for ever, or a task never waits. The message names the construct, the
 * machine and the task; the stack is in it, so that a report can show it.
 */
public final class InvalidRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidRun(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
