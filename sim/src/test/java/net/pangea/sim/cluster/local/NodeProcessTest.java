package net.pangea.sim.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.pangea.node.EventLine;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.node.NodeEvent.NodeStopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the harness makes of processes that are no good nodes; shell scripts play them. */
@Timeout(60)
class NodeProcessTest {
    private static final String STARTED = "event "
            + EventLine.format(new NodeStarted("127.0.0.1:4001", "12D3Koo", "/ip4/127.0.0.1/tcp/4002/p2p/12D3Koo"));
    private static final String STOPPED = "event " + EventLine.format(new NodeStopped("127.0.0.1:4001"));
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> deaths = Collections.synchronizedList(new ArrayList<>());
    private final List<String> garbled = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch died = new CountDownLatch(1);
    private final LastLines errors = new LastLines();
    private final EventFeed feed = new EventFeed();

    private NodeProcess start(String script) throws IOException {
        feed.observe((machine, timeNanos, event) -> events.add(machine + " " + event.name()));
        return NodeProcess.start(
                "node/0", new ProcessBuilder("sh", "-c", script), feed, errors, new NodeProcess.Watcher() {
                    @Override
                    public void died(String how) {
                        deaths.add(how);
                        died.countDown();
                    }

                    @Override
                    public void garbled(String how) {
                        garbled.add(how);
                    }
                });
    }

    private static String echo(String line) {
        return "echo '" + line + "'; ";
    }

    @Test
    void its_own_end_is_reported_with_its_status_and_last_words() throws Exception {
        NodeProcess process = start(
                echo(STARTED) + echo("ready node/0 127.0.0.1:4001") + "echo first >&2; echo 'no room' >&2; exit 7");

        assertThat(process.awaitReady()).isEmpty();
        died.await();

        assertThat(deaths).containsExactly("ended by itself with exit status 7: no room");
        assertThat(events).containsExactly("node/0 node-started");
    }

    @Test
    void an_end_before_it_was_ready_gives_the_exit_status() throws Exception {
        assertThat(start("echo 'port taken' >&2; exit 2").awaitReady()).contains(2);
    }

    @Test
    void a_kill_observes_all_events_first_and_is_no_death() throws Exception {
        NodeProcess process =
                start(echo(STARTED) + echo(STOPPED) + echo("ready") + echo("ready node/0 x") + "exec sleep 30");
        assertThat(process.awaitReady()).isEmpty();

        process.kill();

        assertThat(process.isAlive()).isFalse();
        assertThat(events).containsExactly("node/0 node-started", "node/0 node-stopped");
        assertThat(deaths).isEmpty();
    }

    @Test
    void an_event_that_cannot_be_read_is_reported() throws Exception {
        NodeProcess process = start(echo("event {\"name\":\"node-flew\",\"fields\":{}}") + echo("ready node/0 x")
                + "printf 'event {\"name'");
        assertThat(process.awaitReady()).isEmpty();
        died.await();

        assertThat(garbled)
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("no event with a name, a version and fields"),
                        torn -> assertThat(torn).endsWith("event {\"name"));
    }

    @Test
    void an_event_that_a_kill_has_torn_is_no_news() throws Exception {
        NodeProcess process = start(echo("ready node/0 x") + "printf 'event {\"name'; echo torn >&2; exec sleep 30");
        assertThat(process.awaitReady()).isEmpty();
        while (!errors.last().equals("torn")) {
            Thread.onSpinWait();
        }

        process.kill();

        assertThat(garbled).isEmpty();
        assertThat(deaths).isEmpty();
    }

    @Test
    void one_that_does_not_leave_is_killed_and_reported() throws Exception {
        NodeProcess process = start("trap '' TERM; " + echo("ready node/0 x") + "exec sleep 30");
        assertThat(process.awaitReady()).isEmpty();

        assertThat(process.leave(LIMIT)).singleElement().asString().contains("had not ended");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void one_that_ends_without_having_stopped_its_node_is_reported() throws Exception {
        NodeProcess process = start(echo("ready node/0 x") + "exec sleep 30");
        assertThat(process.awaitReady()).isEmpty();

        assertThat(process.leave(Duration.ofSeconds(30)))
                .singleElement()
                .asString()
                .contains("tasks");
        assertThat(deaths).isEmpty();
    }

    @Test
    void one_that_leaves_in_good_order_leaves_nothing() throws Exception {
        NodeProcess process = start("trap \"echo '" + STOPPED.replace("\"", "\\\"") + "'; exit 143\" TERM; "
                + echo("ready node/0 x") + "while :; do sleep 0.1; done");
        assertThat(process.awaitReady()).isEmpty();

        assertThat(process.leave(Duration.ofSeconds(30))).isEmpty();
        assertThat(events).containsExactly("node/0 node-stopped");
    }
}
