package net.pangea.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Event;
import net.pangea.node.NodeEvent;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.PutDone;
import net.pangea.sim.experiment.ShardMap.Shard;
import net.pangea.sim.experiment.StorageClient;
import net.pangea.sim.experiment.StorageFailure;
import net.pangea.sim.recording.Recording.Away;
import net.pangea.sim.recording.Recording.Plight;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final long SECOND = 1_000_000_000;

    private static final String SCENARIO = """
        pangea: 1
        story: Six machines.
        for: 60s
        machines: {node: {count: 6}}
        node: {shards: 2+2}
        workload:
          - {at: 1s, put: {as: file, count: 1, size: 1KiB, from: node}}
        expect: {always: [no-wrong-bytes], sometimes: [{reached: {event: repair-completed}}]}
        """;

    private record Handle(String id) implements StorageClient.Handle {
        @Override
        public Bytes placement() {
            return Bytes.EMPTY;
        }
    }

    private record Repaired(long bytes) implements Event {
        @Override
        public String name() {
            return "repair-completed";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Fields fields) {
            fields.number("bytes", bytes);
        }
    }

    private final Recorder recorder = new Recorder(scenario());
    private Effort effort = new Effort(500, 50);

    private static Resolved scenario() {
        return new Language(PangeaVerbs.ALL.vocabulary())
                .read(SCENARIO, "test.yaml")
                .resolve(1);
    }

    private static List<String> machines() {
        return scenario().machines().stream().map(MachineSpec::name).toList();
    }

    private void begin() {
        recorder.began(machines(), () -> effort);
    }

    private static Acknowledged object(String id) {
        return new Acknowledged("node/0", "file", id, new Handle(id), 1_000, "", () -> new byte[0]);
    }

    private static PutDone put(String id, long tookNanos) {
        return new PutDone("node/0", Optional.of(object(id)), "", tookNanos);
    }

    private static GetDone got(GetDone.Result result, long tookNanos, boolean last) {
        return new GetDone("get-1", object("a"), "node/1", result, tookNanos, last);
    }

    private static GetDone.Result failed() {
        return new GetDone.Result.Failed(StorageFailure.Kind.REFUSED, "no");
    }

    /** Stores an object of one segment, its column i on machine i. */
    private void store(long atNanos, String id) {
        for (int column = 0; column < 4; column++) {
            recorder.held(atNanos, "node/" + column, new Shard(id, 0, column));
        }
        recorder.put(atNanos, put(id, 7));
    }

    private static long sum(Recording recording, ToLongFunction<Slice> value) {
        return recording.slices().stream().mapToLong(value).sum();
    }

    private Slice at(long nanos) {
        Recording recording = recorder.recording();
        return recording.slices().get((int) (nanos / recording.sliceNanos()));
    }

    @Test
    void operations_are_counted_where_they_ended_and_the_last_reads_are_not() {
        begin();
        recorder.got(10 * SECOND, got(new GetDone.Result.Same(), 4_000_000, false));
        recorder.got(10 * SECOND, got(new GetDone.Result.Same(), 8_000_000, false));
        recorder.got(10 * SECOND, got(failed(), 9_000_000, false));
        recorder.put(20 * SECOND, new PutDone("node/1", Optional.empty(), "full", 1));
        recorder.got(30 * SECOND, got(failed(), 1, true));
        recorder.event(40 * SECOND, "node/2", new Repaired(300));
        recorder.lookedUp(50 * SECOND, true, OptionalInt.of(2));
        recorder.lookedUp(50 * SECOND, false, OptionalInt.of(5));

        Slice busy = at(10 * SECOND);
        assertThat(busy.gets()).isEqualTo(2);
        assertThat(busy.getsFailed()).isEqualTo(1);
        assertThat(busy.bytesRead()).isEqualTo(2_000);
        assertThat(busy.getLatency().orElseThrow().p50Nanos()).isBetween(3_960_000L, 4_040_000L);
        assertThat(busy.getLatency().orElseThrow().maxNanos()).isBetween(7_920_000L, 8_080_000L);
        assertThat(at(20 * SECOND).putsFailed()).isEqualTo(1);
        assertThat(at(30 * SECOND).getsFailed()).isZero();
        assertThat(at(40 * SECOND).repairBytes()).isEqualTo(300);
        assertThat(at(50 * SECOND).hops()).contains(new Slice.Hops(3.5, 5));
        assertThat(at(50 * SECOND).lookupsRight()).isEqualTo(1);
        assertThat(sum(recorder.recording(), Slice::gets)).isEqualTo(2);
    }

    @Test
    void the_margin_falls_with_machines_and_a_slice_keeps_its_worst_moment() {
        begin();
        store(5 * SECOND, "a");
        recorder.acted(10 * SECOND, new FaultAction.Crash("node/0", true));
        recorder.acted(10 * SECOND + 1, new FaultAction.Destroy("node/1"));
        recorder.dropped(10 * SECOND + 1, "node/1", new Shard("a", 0, 1));
        recorder.acted(10 * SECOND + 2, new FaultAction.Restart("node/0", true));
        recorder.held(20 * SECOND, "node/5", new Shard("a", 0, 1));
        recorder.held(20 * SECOND, "node/4", new Shard("a", 0, 1));

        assertThat(at(0).margin()).isEmpty();
        assertThat(at(7 * SECOND).margin()).contains(new Slice.Margin(2, 2, 2));
        assertThat(at(10 * SECOND).margin()).contains(new Slice.Margin(0, 0, 0));
        assertThat(at(10 * SECOND).machinesUp()).isEqualTo(4);
        assertThat(at(15 * SECOND).margin()).contains(new Slice.Margin(1, 1, 1));
        assertThat(at(15 * SECOND).machinesUp()).isEqualTo(5);
        assertThat(at(15 * SECOND).shardsAlive()).isEqualTo(3);
        recorder.released(30 * SECOND, object("a"));
        recorder.ended(40 * SECOND);
        assertThat(at(20 * SECOND).margin()).contains(new Slice.Margin(1, 1, 1));
        assertThat(at(25 * SECOND).margin()).contains(new Slice.Margin(2, 2, 2));
        assertThat(at(35 * SECOND).margin()).isEmpty();
    }

    @Test
    void what_machines_suffer_begins_and_ends() {
        begin();
        recorder.acted(SECOND, new FaultAction.Crash("node/0", false));
        recorder.acted(2 * SECOND, new FaultAction.Restart("node/0", true));
        recorder.event(3 * SECOND, "node/0", new NodeEvent.NodeJoined(5));
        recorder.acted(
                4 * SECOND,
                new FaultAction.Cut(
                        "cut-1", List.of("node/1", "node/2"), List.of("node/3", "node/4", "client"), false));
        recorder.acted(5 * SECOND, new FaultAction.Pause("node/1"));
        recorder.acted(6 * SECOND, new FaultAction.End("cut-1"));

        assertThat(recorder.recording().away())
                .containsExactly(
                        new Away(0, Plight.DOWN, SECOND, OptionalLong.of(2 * SECOND)),
                        new Away(0, Plight.STARTING, 2 * SECOND, OptionalLong.of(3 * SECOND)),
                        new Away(1, Plight.CUT_OFF, 4 * SECOND, OptionalLong.of(6 * SECOND)),
                        new Away(2, Plight.CUT_OFF, 4 * SECOND, OptionalLong.of(6 * SECOND)),
                        new Away(1, Plight.PAUSED, 5 * SECOND, OptionalLong.empty()));
    }

    @Test
    void a_run_that_outgrows_its_slices_gets_wider_ones_and_nothing_is_lost() {
        begin();
        long length = 3_000 * SECOND;
        for (long at = 0; at < length; at += SECOND) {
            effort = new Effort(effort.events() + 10, effort.messages() + 1);
            recorder.got(at, got(new GetDone.Result.Same(), at / 1_000, false));
        }
        recorder.ended(length);

        Recording recording = recorder.recording();
        assertThat(recording.slices()).hasSizeBetween(Timeline.SLICES_MAX / 2, Timeline.SLICES_MAX);
        assertThat(recording.slices().size() * recording.sliceNanos()).isGreaterThan(length);
        assertThat(sum(recording, Slice::gets)).isEqualTo(3_000);
        assertThat(sum(recording, Slice::events)).isEqualTo(30_000);
        assertThat(sum(recording, Slice::messages)).isEqualTo(3_000);
        assertThat(recording.slices().get(100).events()).isBetween(100L, 200L);
    }

    @Test
    void the_first_segments_are_mapped_with_the_time_since_when_and_others_are_told_by_number() {
        begin();
        for (int i = 0; i < HoldingMap.STRIPES_MAX + 3; i++) {
            store(i * 1_000L, "object-" + i);
        }
        recorder.dropped(SECOND, "node/2", new Shard("object-0", 0, 2));
        recorder.held(2 * SECOND, "node/5", new Shard("object-0", 0, 2));

        Recording.Holdings map = recorder.recording().map();
        assertThat(map.stripes()).hasSize(HoldingMap.STRIPES_MAX);
        assertThat(map.stripes().getFirst()).isEqualTo(new Recording.Stripe("file object-0", 0, 0));
        assertThat(map.stripesLeftOut()).isEqualTo(3);
        assertThat(map.held()).hasSize(4 * HoldingMap.STRIPES_MAX + 1);
        assertThat(map.held())
                .contains(
                        new Recording.Held(0, 2, 2, 0, OptionalLong.of(SECOND)),
                        new Recording.Held(0, 2, 5, 2 * SECOND, OptionalLong.empty()),
                        new Recording.Held(1, 3, 3, 1_000, OptionalLong.empty()));
    }

    @Test
    void a_storm_of_changes_stays_within_bounds_and_says_what_was_left_out() {
        begin();
        store(0, "a");
        int times = 9_000;
        for (int i = 1; i <= times; i++) {
            recorder.acted(i, new FaultAction.Pause("node/0"));
            recorder.acted(i, new FaultAction.Resume("node/0"));
            recorder.dropped(i, "node/3", new Shard("a", 0, 3));
            recorder.held(i, "node/3", new Shard("a", 0, 3));
            recorder.stands(i, 0, Judge.Standing.BROKEN);
        }

        Recording recording = recorder.recording();
        assertThat(recording.away()).hasSize(Plights.AWAY_MAX);
        assertThat(recording.awayLeftOut()).isEqualTo(times - Plights.AWAY_MAX);
        assertThat(recording.map().held()).hasSize(HoldingMap.HELD_MAX);
        assertThat(recording.map().heldLeftOut()).isEqualTo(4 + times - HoldingMap.HELD_MAX);
        assertThat(recording.turns()).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void expectations_turn_when_they_do() {
        begin();
        recorder.stands(3 * SECOND, 1, Judge.Standing.MET);

        Recording recording = recorder.recording();
        assertThat(recording.expectations())
                .containsExactly(
                        new Recording.Expected("always no-wrong-bytes", ""),
                        new Recording.Expected("sometimes reached", "{event: repair-completed}"));
        assertThat(recording.turns()).containsExactly(new Recording.Turn(3 * SECOND, 1, Judge.Standing.MET));
    }

    @Test
    void who_comes_later_and_who_leaves_is_down_meanwhile() {
        List<String> others = machines().subList(1, machines().size());
        recorder.began(others, () -> effort);
        recorder.acted(10 * SECOND, new FaultAction.Restart("node/0", true));
        recorder.acted(20 * SECOND, new FaultAction.Leave("node/1"));
        recorder.ended(60 * SECOND);

        assertThat(at(5 * SECOND).machinesUp()).isEqualTo(others.size());
        assertThat(at(15 * SECOND).machinesUp()).isEqualTo(others.size() + 1);
        assertThat(at(30 * SECOND).machinesUp()).isEqualTo(others.size());
        assertThat(recorder.recording().away())
                .contains(
                        new Recording.Away(0, Plight.DOWN, 0, OptionalLong.of(10 * SECOND)),
                        new Recording.Away(1, Plight.DOWN, 20 * SECOND, OptionalLong.empty()));
    }

    @Test
    void what_is_told_twice_is_recorded_alike() {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Recorder one = new Recorder(scenario());
            one.began(machines(), () -> new Effort(3, 4));
            one.put(SECOND, put("a", 5));
            one.ended(60 * SECOND);
            recordings.add(one.recording());
        }

        assertThat(recordings.getFirst()).isEqualTo(recordings.getLast());
    }
}
