package net.pangea.sim.host;

import java.lang.management.ManagementFactory;

/**
 * A place for a breakpoint: a run that is told to break at some point of its trace calls {@link #reached} there, on the thread of the
 * simulation. Whoever has set a breakpoint on that method then sees the run stand still, with the stack of what makes the event, and
 * can step on.
 */
public final class Breakpoint {
    private Breakpoint() {}

    /**
     * Does nothing. Set a breakpoint here.
     *
     * @param event the line of the trace at which the run has come to the point
     */
    public static void reached(String event) {
        assert !event.isEmpty();
    }

    /** {@return whether this JVM was started so that a debugger can stop it} */
    public static boolean hasDebugger() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
