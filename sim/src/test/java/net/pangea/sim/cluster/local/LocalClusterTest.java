package net.pangea.sim.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.pangea.machine.Body;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Event;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.node.NodeEvent.NodeStopped;
import net.pangea.object.ObjectClient;
import net.pangea.object.PutReceipt;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.experiment.EventFields;
import net.pangea.sim.scenario.BadInput;
import net.pangea.store.StoreRecovered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, in real time. */
@Timeout(120)
class LocalClusterTest {
    private static final byte[] CONTENT = new byte[100_000];

    private record Seen(String machine, long timeNanos, Event event) {}

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path parent;

    private LocalCluster open() {
        LocalCluster cluster = LocalCluster.open(LocalScenarios.three(), parent);
        cluster.observe((machine, timeNanos, event) -> seen.add(new Seen(machine, timeNanos, event)));
        return cluster;
    }

    private static void conduct(LocalCluster cluster, Body<Boolean, Exception> body) throws Exception {
        assertThat(cluster.controller().run("test", body)).isTrue();
    }

    private static Realised apply(LocalCluster cluster, FaultAction action) throws InterruptedException {
        return cluster.apply(action, RandomStream.of(1, "test"));
    }

    private List<Seen> seen(String machine, String event) {
        synchronized (seen) {
            return seen.stream()
                    .filter(one ->
                            one.machine().equals(machine) && one.event().name().equals(event))
                    .toList();
        }
    }

    /** Real processes take their time; nothing else tells when. */
    private static void await(LocalCluster cluster, BooleanSupplier condition) throws InterruptedException {
        boolean _ = cluster.controller().clock().within(Duration.ofSeconds(60), () -> {
            while (!condition.getAsBoolean()) {
                cluster.controller().clock().sleep(Duration.ofMillis(10));
            }
            return true;
        });
    }

    private static List<ProcessHandle> processes(Member member) {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("--listen " + member.endpoint()))
                .toList();
    }

    @Test
    void nodes_start_and_their_events_arrive_and_stopping_leaves_nothing_behind() throws Exception {
        try (LocalCluster cluster = open()) {
            conduct(cluster, () -> {
                cluster.start();

                assertThat(cluster.members()).extracting(Member::name).containsExactly("node/0", "node/1", "node/2");
                for (Member member : cluster.members()) {
                    assertThat(seen(member.name(), NodeStarted.NAME))
                            .singleElement()
                            .satisfies(started -> {
                                assertThat(started.timeNanos()).isZero();
                                assertThat(EventFields.of(started.event()).text("endpoint"))
                                        .isEqualTo(member.endpoint().toString());
                            });
                    assertThat(processes(member)).hasSize(1);
                }
                PutReceipt receipt = new ObjectClient(cluster.client())
                        .put(cluster.members().getFirst().endpoint(), "zeros", CONTENT);
                assertThat(new ObjectClient(cluster.client())
                                .get(cluster.members().getLast().endpoint(), receipt.ref()))
                        .isEqualTo(CONTENT);

                cluster.stop();

                assertThat(cluster.leaks()).isEmpty();
                for (Member member : cluster.members()) {
                    assertThat(seen(member.name(), NodeStopped.NAME)).hasSize(1);
                    assertThat(processes(member)).isEmpty();
                }
                return true;
            });
            assertThat(cluster.deaths()).isEmpty();
            assertThat(cluster.garbled()).isEmpty();
            assertThat(cluster.events()).isEqualTo(seen.size());
        }
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_killed_node_refuses_connections_and_restarts_with_its_disk_or_without() throws Exception {
        try (LocalCluster cluster = open()) {
            Member victim = cluster.members().get(1);
            conduct(cluster, () -> {
                cluster.start();
                new ObjectClient(cluster.client()).put(victim.endpoint(), "zeros", CONTENT);

                assertThat(apply(cluster, new FaultAction.Crash(victim.name(), false)))
                        .isEqualTo(Realised.YES);

                assertThatThrownBy(() -> cluster.client().network().connect(victim.endpoint()))
                        .isInstanceOfSatisfying(
                                NetworkFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(NetworkFailure.Kind.REFUSED));

                assertThat(apply(cluster, new FaultAction.Restart(victim.name(), true)))
                        .isEqualTo(Realised.YES);
                await(cluster, () -> seen(victim.name(), NodeStarted.NAME).size() == 2);
                // Restarting crashes it first if it runs.
                assertThat(apply(cluster, new FaultAction.Restart(victim.name(), false)))
                        .isEqualTo(Realised.YES);
                await(cluster, () -> seen(victim.name(), NodeStarted.NAME).size() == 3);

                assertThat(seen(victim.name(), StoreRecovered.NAME))
                        .extracting(one -> EventFields.of(one.event()).number("shards"))
                        .satisfiesExactly(
                                first -> assertThat(first).isZero(),
                                kept -> assertThat(kept).isPositive(),
                                lost -> assertThat(lost).isZero());

                // Who leaves says that it has stopped, and is gone when the call returns.
                assertThat(seen(victim.name(), NodeStopped.NAME)).isEmpty();
                assertThat(apply(cluster, new FaultAction.Leave(victim.name()))).isEqualTo(Realised.YES);
                assertThat(seen(victim.name(), NodeStopped.NAME)).hasSize(1);
                assertThat(processes(victim)).isEmpty();
                return true;
            });
            assertThat(cluster.deaths()).isEmpty();
        }
    }

    @Test
    void a_power_cut_and_other_faults_of_simulated_machines_are_refused_by_name() throws Exception {
        try (LocalCluster cluster = open()) {
            Member spared = cluster.members().getFirst();
            conduct(cluster, () -> {
                cluster.start();

                assertThat(apply(cluster, new FaultAction.Crash(spared.name(), true)))
                        .isInstanceOfSatisfying(
                                Realised.No.class, no -> assertThat(no.reason()).contains("power cut"));
                assertThat(apply(cluster, new FaultAction.Cut("cut", List.of("node/0"), List.of("node/1"), false)))
                        .isInstanceOf(Realised.No.class);
                assertThat(apply(cluster, new FaultAction.FlushTracking(spared.name())))
                        .isInstanceOfSatisfying(
                                Realised.No.class, no -> assertThat(no.reason()).contains("kernel"));
                assertThat(apply(cluster, new FaultAction.RebindNat(spared.name())))
                        .isInstanceOfSatisfying(
                                Realised.No.class, no -> assertThat(no.reason()).contains("NAT"));
                for (FaultAction action : List.of(
                        new FaultAction.Clog("id", spared.name()),
                        new FaultAction.ReorderPackets("id", spared.name(), 1),
                        new FaultAction.DuplicatePackets("id", spared.name(), 1),
                        new FaultAction.CorruptPackets("id", spared.name(), 1, 0),
                        new FaultAction.Throttle("id", spared.name(), 1, 1),
                        new FaultAction.ShrinkMtu("id", spared.name(), 1_280))) {
                    assertThat(apply(cluster, action)).as("%s", action).isInstanceOf(Realised.No.class);
                }
                assertThat(cluster.listen((_, _) -> _ -> {})).isInstanceOf(Realised.No.class);

                assertThat(processes(spared)).hasSize(1);
                return true;
            });
            assertThat(cluster.notRealised())
                    .anySatisfy(line -> assertThat(line).contains("link lan (3 machines)"))
                    .anySatisfy(line -> assertThat(line).contains("disk"))
                    .anySatisfy(line -> assertThat(line).contains("clock offset and drift (3 machines)"))
                    .noneSatisfy(line -> assertThat(line).contains("cpu"));
        }
    }

    @Test
    void a_paused_node_is_silent_until_it_is_resumed() throws Exception {
        try (LocalCluster cluster = open()) {
            Member paused = cluster.members().getFirst();
            ObjectClient client = new ObjectClient(cluster.client());
            conduct(cluster, () -> {
                cluster.start();
                PutReceipt receipt = client.put(paused.endpoint(), "zeros", CONTENT);

                assertThat(apply(cluster, new FaultAction.Pause(paused.name()))).isEqualTo(Realised.YES);
                assertThatThrownBy(() -> cluster.client()
                                .clock()
                                .within(Duration.ofMillis(500), () -> client.get(paused.endpoint(), receipt.ref())))
                        .isInstanceOf(DeadlineExceeded.class);

                assertThat(apply(cluster, new FaultAction.Resume(paused.name())))
                        .isEqualTo(Realised.YES);
                assertThat(client.get(paused.endpoint(), receipt.ref())).isEqualTo(CONTENT);

                assertThat(apply(cluster, new FaultAction.Pause(paused.name()))).isEqualTo(Realised.YES);
                cluster.stop(); // a paused one leaves like any other
                assertThat(cluster.leaks()).isEmpty();
                return true;
            });
        }
    }

    @Test
    void a_process_that_dies_by_itself_and_a_connection_left_open_are_reported() throws Exception {
        try (LocalCluster cluster = open()) {
            Member dying = cluster.members().get(2);
            conduct(cluster, () -> {
                cluster.start();

                processes(dying)
                        .forEach(
                                process -> assertThat(process.destroyForcibly()).isTrue());
                await(cluster, () -> !cluster.deaths().isEmpty());

                assertThat(cluster.deaths())
                        .singleElement()
                        .asString()
                        .startsWith("node/2 ended by itself with exit status 137");

                Connection forgotten = cluster.client()
                        .network()
                        .connect(cluster.members().getFirst().endpoint());
                cluster.stop();

                if (LoopbackSockets.canTell()) {
                    assertThat(cluster.leaks()).singleElement().asString().contains("to node/0");
                }
                forgotten.close();
                return true;
            });
        }
    }

    @Test
    void a_port_in_use_is_one_line_of_bad_input_and_leaves_nothing() throws Exception {
        LoopbackEndpoints endpoints = new LoopbackEndpoints(RandomGenerator.of("L64X128MixRandom"));
        var chosen = endpoints.choose(6);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(LoopbackEndpoints.socketAddress(chosen.get(2)));
            try (LocalCluster cluster = LocalCluster.open(LocalScenarios.three(), parent, chosen)) {
                assertThatThrownBy(() -> conduct(cluster, () -> {
                            cluster.start();
                            return true;
                        }))
                        .isInstanceOf(BadInput.class)
                        .hasMessageStartingWith("local: node/1 did not start: ")
                        .hasMessageContaining("address in use")
                        .hasMessageNotContaining("\n");
            }
        }
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_one_line_of_bad_input() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> LocalCluster.open(LocalScenarios.three(), file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }
}
