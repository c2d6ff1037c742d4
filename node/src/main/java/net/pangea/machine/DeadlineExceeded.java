package net.pangea.machine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of a {@link Clock#within} did not end in time. The cause is what the interrupted body threw. */
public final class DeadlineExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadlineExceeded(Duration limit, @Nullable Throwable cause) {
        super("not done within " + limit, cause, false, false);
    }
}
