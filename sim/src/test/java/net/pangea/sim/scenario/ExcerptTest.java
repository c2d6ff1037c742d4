package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.pangea.sim.scenario.Excerpt.Occurrence;
import net.pangea.sim.scenario.Excerpt.Smaller;
import net.pangea.sim.scenario.Excerpt.Struck;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be taken away of a scenario, and that the rest stays what it was. */
class ExcerptTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private static final String WHOLE = """
        pangea: 1
        story: Much happens.
        for: 10m
        machines:
          boot: {count: 2, region: eu}
          home: {count: 6, region: choice eu us, clock: {offset: normal 0s 2s}}
        network:
          regions: {eu: 12ms, us: 35ms, eu-us: 90ms}
          links: {lan: {jitter: exponential 1ms, loss: 1%}, dsl: {}}
        node: {shards: 2+1}
        workload:
          - {every: exponential 1m, put: {as: photo, count: 3, size: uniform 1MiB..2MiB, from: home}}
          - {at: 30s, put: {as: note, count: 1, size: 4KiB, from: boot/1}}
          - {every: 2m, from: 7m, get: {of: photo, choose: uniform, from: boot home}}
        faults:
          - {at: 1m, crash: {who: home/1 home/2 boot/0, for: 5m}}
          - {at: 2m, partition: {cut: [home/0 boot/0, home/3 home/4], for: 10s}}
          - {every: 3m, slow: {who: home/5, latency: 1ms, for: 1m}}
          - {at: 9m, destroy: {who: nobody}}
        survives: {shards: 1}
        heal: {at: 9m30s, within: 2m}
        expect: {always: [no-wrong-bytes], eventually: [{margin: {of: photo, at-least: 3}}], finally: [no-leaks]}
        measure: [get-latency p50]
        """.replace("9m30s", "570s");

    private static final Excerpt EXCERPT = excerpt(WHOLE);

    private static Excerpt excerpt(String text) {
        return Excerpt.of(LANGUAGE.read(LANGUAGE.read(text, "a.yaml").resolve(7).write(), "a.yaml"));
    }

    @Test
    void the_whole_resolves_to_what_it_was_made_of() {
        assertThat(EXCERPT.resolve().write())
                .isEqualTo(LANGUAGE.read(WHOLE, "a.yaml").resolve(7).write());
        assertThat(EXCERPT.machines()).hasSize(8).startsWith("boot/0", "boot/1", "home/0");
        assertThat(EXCERPT.faults())
                .containsExactly("crash-1", "partition-1", "slow-1.0", "slow-1.1", "slow-1.2", "destroy-1");
        assertThat(EXCERPT.workloads()).containsExactly("put-1", "put-2", "get-1");
        assertThat(EXCERPT.asked()).containsExactly("boot/1");
    }

    @Test
    void machines_go_with_all_that_names_them_alone_and_the_others_stay_as_they_are() {
        Excerpt left = EXCERPT.onlyMachines(List.of("home/0", "home/2", "home/3"));

        Resolved resolved = left.resolve();
        assertThat(resolved.machines())
                .isEqualTo(EXCERPT.resolve().machines().stream()
                        .filter(machine -> left.machines().contains(machine.name()))
                        .toList());
        assertThat(left.machines()).containsExactly("home/0", "home/2", "home/3");
        assertThat(left.text()).contains("only: [0, 2, 3]").doesNotContain("boot");
        assertThat(left.faults()).as("slow-1 is of home/5").containsExactly("crash-1", "partition-1", "destroy-1");
        assertThat(left.text())
                .contains("crash: {who: home/2, ")
                .contains("cut: [home/0, home/3]")
                .contains("from: home, within");
        assertThat(left.workloads()).as("put-2 is through boot/1").containsExactly("put-1", "get-1");
        assertThat(times(resolved)).isSubsetOf(times(EXCERPT.resolve()));

        assertThat(EXCERPT.onlyMachines(List.of("home/0", "home/1", "home/5")).faults())
                .as("nobody is left on the other side of the partition")
                .doesNotContain("partition-1");
        assertThat(EXCERPT.onlyMachines(EXCERPT.machines())).isEqualTo(EXCERPT);
        assertThatThrownBy(
                        () -> EXCERPT.onlyMachines(List.of("home/0", "home/1")).resolve())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("2+1 shards go to 3 distinct machines");
        assertThatThrownBy(() -> EXCERPT.onlyMachines(List.of()).resolve()).isInstanceOf(BadInput.class);
    }

    private static List<Happening> times(Resolved scenario) {
        return scenario.schedule(100).stream()
                .map(one -> new Happening(one.atNanos(), one.id(), ""))
                .toList();
    }

    @Test
    void a_shorter_run_has_the_beginning_of_the_longer_one() {
        Excerpt left = EXCERPT.until(130_000_000_000L);

        Resolved resolved = left.resolve();
        assertThat(resolved.forNanos()).isEqualTo(130_000_000_000L);
        assertThat(resolved.heal().orElseThrow().atNanos()).isEqualTo(130_000_000_000L);
        assertThat(left.faults()).containsExactly("crash-1", "partition-1");
        assertThat(left.workloads()).containsExactly("put-1", "put-2");
        assertThat(times(resolved))
                .isEqualTo(times(EXCERPT.resolve()).stream()
                        .filter(one -> one.atNanos() < 130_000_000_000L)
                        .toList());
        assertThat(EXCERPT.until(1_000_000).resolve().schedule(9)).isEmpty();
    }

    @Test
    void single_occurrences_are_taken_out_of_what_happens_again_and_again() {
        List<Occurrence> all = EXCERPT.occurrences();
        assertThat(all).contains(new Occurrence("put-1", 0), new Occurrence("put-1", 3), new Occurrence("get-1", 0));
        assertThat(EXCERPT.operations()).isEqualTo(all.size() + 1);

        Excerpt left = EXCERPT.onlyOccurrences(List.of(new Occurrence("put-1", 3), new Occurrence("put-1", 1)));

        assertThat(left.occurrences()).containsExactly(new Occurrence("put-1", 1), new Occurrence("put-1", 3));
        assertThat(left.workloads()).containsExactly("put-1", "put-2");
        assertThat(times(left.resolve())).isSubsetOf(times(EXCERPT.resolve()));
        assertThat(left.onlyOccurrences(List.of(new Occurrence("put-1", 3))).text())
                .contains("only: [3]");
        assertThat(left.onlyOccurrences(List.of()).workloads()).containsExactly("put-2");
    }

    @Test
    void faults_and_single_machines_of_faults_can_go() {
        assertThat(EXCERPT.idle()).containsExactly("destroy-1");
        assertThat(EXCERPT.onlyFaults(List.of("slow-1.1", "crash-1")).resolve().faults())
                .extracting(TimedFault::id)
                .containsExactly("crash-1", "slow-1.1");
        assertThat(EXCERPT.struck())
                .contains(new Struck("crash-1", "home/1"), new Struck("partition-1", "home/4"))
                .hasSize(3 + 4 + 3);

        Excerpt left = EXCERPT.onlyStruck(List.of(
                new Struck("crash-1", "home/2"),
                new Struck("partition-1", "home/0"),
                new Struck("slow-1.0", "home/5")));

        assertThat(left.faults()).as("a partition needs two sides").containsExactly("crash-1", "slow-1.0", "destroy-1");
        assertThat(left.text()).contains("crash: {who: home/2, ");
    }

    @Test
    void settings_go_back_to_the_simplest_each_by_itself() {
        List<String> settings = EXCERPT.settings();
        assertThat(settings)
                .containsExactly(
                        "loss of link lan",
                        "jitter of link lan",
                        "link dsl",
                        "clock of machines",
                        "region of machines",
                        "heal",
                        "measure",
                        "check always no-wrong-bytes",
                        "check eventually margin {of: photo, at-least: 3}",
                        "check finally no-leaks");

        for (String one : settings) {
            List<String> others =
                    settings.stream().filter(name -> !name.equals(one)).toList();
            assertThat(EXCERPT.onlySettings(others).settings()).as(one).isEqualTo(others);
        }
        Excerpt plain = EXCERPT.onlySettings(Set.of("check finally no-leaks"));
        assertThat(plain.resolve().machines()).allSatisfy(machine -> {
            assertThat(machine.clockOffsetNanos()).isZero();
            assertThat(machine.link().jitterNanos()).isEqualTo(Distribution.always(0));
            assertThat(machine.region()).isEmpty();
        });
        assertThat(plain.text())
                .doesNotContain("each:")
                .doesNotContain("heal:")
                .contains("expect:\n  finally: [no-leaks]");
        assertThat(plain.faults()).isEqualTo(EXCERPT.faults());
    }

    @Test
    void files_become_fewer_and_smaller() {
        List<Smaller> smaller = EXCERPT.smallerFiles();

        assertThat(smaller.stream().map(Smaller::what))
                .containsExactly(
                        "count 1 of put-1",
                        "count 2 of put-1",
                        "size 1KiB of put-1",
                        "size 64KiB of put-1",
                        "size 1MiB of put-1",
                        "size 4MiB of put-1",
                        "size 1KiB of put-2");
        assertThat(smaller)
                .allSatisfy(
                        one -> assertThat(one.excerpt().resolve().workload()).hasSize(3));
        assertThat(smaller.getFirst().excerpt().text()).contains("put: {as: photo, count: 1, size: uniform");
    }

    @Test
    void paths_lead_to_where_they_led_when_the_file_is_written_elsewhere(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("in/files"));
        Files.writeString(folder.resolve("in/files/a.txt"), "a");
        String file = folder.resolve("in/story.yaml").toString();
        String text = WHOLE.replace("count: 3, size: uniform 1MiB..2MiB", "path: files");
        Excerpt there =
                Excerpt.of(LANGUAGE.read(LANGUAGE.read(text, file).resolve(7).write(), file));

        Excerpt elsewhere = there.movedTo(folder.resolve("small.yaml").toString());

        assertThat(there.text()).contains("path: files,");
        assertThat(elsewhere.text()).contains("path: in/files,");
        assertThat(Stream.of(there, elsewhere)
                        .map(one -> one.resolve().machines())
                        .distinct())
                .hasSize(1);
    }
}
