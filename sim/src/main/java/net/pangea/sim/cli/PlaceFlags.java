package net.pangea.sim.cli;

import java.util.Optional;
import net.pangea.sim.engine.TracePlace;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.host.Breakpoint;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where in its trace a run stops, or breaks for a debugger.
 *
 * @param until where it stops
 * @param breakAt where it breaks
 */
record PlaceFlags(Optional<TracePlace> until, Optional<TracePlace> breakAt) {
    /** Why nothing is written of a run as a whole that {@code --until} ends. */
    static final String STOPS = "it tells of a whole run, and --until stops it";

    private static final String UNTIL = "--until";
    private static final String BREAK_AT = "--break-at";
    private static final String PLACE =
            "an event is written as its number, the 'index' of a line of the trace, and a time as a"
                    + " duration, its 'nanos', for instance 90s or 1500000001ns";

    static void addTo(CommandSpec spec) {
        spec.addOption(Flags.flag(
                        UNTIL,
                        "PLACE",
                        "Stops at an event, by its 'index' in the trace, or at a virtual time such as 90s, as 'nanos'"
                                + " in the trace, and says where the run stands."))
                .addOption(Flags.flag(
                        BREAK_AT,
                        "PLACE",
                        "Calls net.pangea.sim.host.Breakpoint.reached there, on which a debugger has a breakpoint."));
    }

    /** {@return what these arguments say} */
    static PlaceFlags of(ParseResult arguments, boolean several, Executor executor) {
        for (String flag : new String[] {UNTIL, BREAK_AT}) {
            if (several && Flags.value(arguments, flag).isPresent()) {
                throw new BadInput(flag + " is of one run; name it with --seed");
            }
            if (!executor.traces() && Flags.value(arguments, flag).isPresent()) {
                throw new BadInput(flag + ": " + executor.name() + " writes no trace; leave it out");
            }
        }
        PlaceFlags places = new PlaceFlags(place(arguments, UNTIL), place(arguments, BREAK_AT));
        if (places.breakAt.isPresent() && !Breakpoint.hasDebugger()) {
            throw new BadInput(BREAK_AT + ": no debugger can stop this JVM; start it with PANGEA_JVM_FLAGS="
                    + "\"-XX:+UseSerialGC -Xmx4g -agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=5005\","
                    + " let a debugger attach to port 5005, and set a breakpoint on"
                    + " net.pangea.sim.host.Breakpoint.reached");
        }
        return places;
    }

    private static Optional<TracePlace> place(ParseResult arguments, String flag) {
        return Flags.value(arguments, flag).map(text -> place(flag, text));
    }

    private static TracePlace place(String flag, String text) {
        if (text.matches("[0-9]{1,18}")) {
            return new TracePlace.Event(Long.parseLong(text));
        }
        long nanos = Dimension.DURATION.parse(text, problem -> new BadInput(flag + ": " + problem + "; " + PLACE));
        if (nanos < 0) {
            throw new BadInput(flag + ": '" + text + "' is before the run; " + PLACE);
        }
        return new TracePlace.Time(nanos);
    }
}
