package net.pangea.machine;

import org.jspecify.annotations.Nullable;

/** A task that was joined had thrown (the cause) or been cancelled (an {@link InterruptedException}). */
public final class TaskFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaskFailed(String task, @Nullable Throwable cause) {
        super("task " + task + " failed" + (cause == null ? "" : ": " + cause), cause);
    }
}
