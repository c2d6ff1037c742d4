package net.pangea.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.StringReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.pangea.sim.engine.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a debugger that starts a JVM, sets a breakpoint where {@code --break-at} says, and looks at it. */
@Timeout(120)
class BreakpointTest {
    private static final String SCENARIO = """
        pangea: 1
        story: Two machines.
        for: 5s
        machines: {node: {count: 2}}
        node: {shards: 1+1, security: plaintext}
        expect: {finally: [no-leaks]}
        """;

    @TempDir
    private Path folder;

    @Test
    void a_debugger_stops_the_run_at_the_event_and_sees_what_makes_it() throws Exception {
        Files.writeString(folder.resolve("story.yaml"), SCENARIO);
        List<String> stopped = new ArrayList<>();
        List<String> stack = new ArrayList<>();

        VirtualMachine machine = launch("run " + folder.resolve("story.yaml") + " --break-at 60 --until 70");
        var prepare = machine.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(Breakpoint.class.getName());
        prepare.enable();
        boolean runs = true;
        while (runs) {
            EventSet events = machine.eventQueue().remove();
            for (Event event : events) {
                switch (event) {
                    case ClassPrepareEvent prepared -> {
                        Location start = prepared.referenceType()
                                .methodsByName("reached")
                                .getFirst()
                                .location();
                        machine.eventRequestManager()
                                .createBreakpointRequest(start)
                                .enable();
                    }
                    case BreakpointEvent hit -> {
                        stopped.add(((StringReference) hit.thread()
                                        .frame(0)
                                        .getArgumentValues()
                                        .getFirst())
                                .value());
                        hit.thread()
                                .frames()
                                .forEach(frame -> stack.add(
                                        frame.location().declaringType().name()));
                    }
                    case VMDisconnectEvent _ -> runs = false;
                    default -> {
                        // starts and ends of threads and of the machine itself
                    }
                }
            }
            if (runs) {
                events.resume();
            }
        }
        String told = new String(machine.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complained = new String(machine.process().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(stopped).as(told + complained).singleElement().asString().startsWith("{\"index\":60,");
        assertThat(stack).contains("net.pangea.sim.engine.Trace", "net.pangea.sim.engine.Simulation");
        assertThat(told).contains("STOPPED at event 70, ");
        assertThat(machine.process().waitFor()).isZero();
    }

    private static VirtualMachine launch(String arguments) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> settings = connector.defaultArguments();
        List<String> options = new ArrayList<>(Simulation.jvmFlags());
        options.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "\"" + System.getProperty("java.class.path") + "\""));
        argument(settings, "options").setValue(String.join(" ", options));
        argument(settings, "main").setValue("net.pangea.sim.cli.Main " + arguments);
        return connector.launch(settings);
    }

    private static Connector.Argument argument(Map<String, Connector.Argument> settings, String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }
}
