package net.pangea.sim.disk;

import static net.pangea.sim.disk.TestDisk.bytes;
import static net.pangea.sim.disk.TestDisk.contents;
import static net.pangea.sim.disk.TestDisk.writeAndSync;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

/** What a power cut leaves of names. */
final class PowerCutNamesTest {
    private static final List<String> DIRECTORIES = List.of("", "d", "e");
    private static final List<String> NAMES = List.of("p", "q", "r");

    /** Which file each name stood for since the last sync of its directory, and which files must not be lost. */
    private static final class Expected {
        final TreeMap<String, String> live = new TreeMap<>();
        final TreeMap<String, List<Optional<String>>> meanings = new TreeMap<>();
        final TreeSet<String> kept = new TreeSet<>();

        void set(String path, Optional<String> file) {
            meanings.computeIfAbsent(path, _ -> new ArrayList<>(List.of(Optional.ofNullable(live.get(path)))))
                    .add(file);
            file.ifPresentOrElse(id -> live.put(path, id), () -> live.remove(path));
        }

        void synced(String directory) {
            meanings.keySet().removeIf(path -> parent(path).equals(directory));
            live.forEach((path, file) -> {
                if (parent(path).equals(directory)) {
                    kept.add(file);
                }
            });
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    @Property(tries = 1000)
    void every_name_has_a_meaning_it_had_and_no_renamed_file_is_lost_or_doubled(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int steps) {
        TestDisk world = new TestDisk(seed);
        RandomStream random = RandomStream.of(seed, "test");
        SimulatedDisk disk = world.start();
        disk.createDirectory("d");
        disk.createDirectory("e");
        disk.syncDirectory("");
        Expected expected = new Expected();
        for (int step = 0; step < steps; step++) {
            change(disk, expected, path(random), path(random), step, random);
        }

        disk = world.afterPowerCut();

        SortedMap<String, String> found = files(disk);
        for (Map.Entry<String, String> entry : expected.live.entrySet()) {
            if (!expected.meanings.containsKey(entry.getKey())) {
                assertThat(found).containsEntry(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, List<Optional<String>>> entry : expected.meanings.entrySet()) {
            assertThat(entry.getValue()).contains(Optional.ofNullable(found.get(entry.getKey())));
        }
        assertThat(expected.live.keySet()).containsAll(withoutPending(found.keySet(), expected));
        assertThat(found.values()).doesNotHaveDuplicates();
        assertThat(found.values()).containsAll(expected.kept);
    }

    private static SortedSet<String> withoutPending(Iterable<String> paths, Expected expected) {
        TreeSet<String> settled = new TreeSet<>();
        paths.forEach(path -> {
            if (!expected.meanings.containsKey(path)) {
                settled.add(path);
            }
        });
        return settled;
    }

    private static String path(RandomStream random) {
        String directory = random.pick(DIRECTORIES);
        return directory.isEmpty() ? random.pick(NAMES) : directory + "/" + random.pick(NAMES);
    }

    private static void change(
            SimulatedDisk disk, Expected expected, String path, String other, int step, RandomStream random) {
        String file = expected.live.get(path);
        int kind = random.nextInt(7);
        if (kind == 0) {
            disk.syncDirectory(parent(path));
            expected.synced(parent(path));
        } else if (file == null) {
            String id = "file " + step;
            writeAndSync(disk, path, id.getBytes(StandardCharsets.UTF_8));
            expected.set(path, Optional.of(id));
        } else if (kind == 1) {
            disk.delete(path);
            expected.set(path, Optional.empty());
            expected.kept.remove(file);
        } else if (!path.equals(other)) {
            Optional.ofNullable(expected.live.get(other)).ifPresent(expected.kept::remove);
            disk.rename(path, other);
            expected.set(path, Optional.empty());
            expected.set(other, Optional.of(file));
        }
    }

    private static SortedMap<String, String> files(Disk disk) {
        TreeMap<String, String> found = new TreeMap<>();
        for (String directory : DIRECTORIES) {
            for (String name : disk.list(directory)) {
                String path = directory.isEmpty() ? name : directory + "/" + name;
                if (disk.typeOf(path) == Disk.Type.FILE) {
                    found.put(path, new String(contents(disk, path), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    @Test
    void an_unsynced_name_may_survive_or_not() {
        TreeSet<String> outcomes = new TreeSet<>();
        for (long seed = 0; seed < 200; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            for (String name : List.of("a", "b", "c")) {
                writeAndSync(disk, name, bytes(1, 1));
            }
            outcomes.add(world.afterPowerCut().list("").toString());
        }
        assertThat(outcomes).hasSize(8);
    }

    @Test
    void syncing_a_directory_does_not_make_its_own_name_durable() {
        int lost = 0;
        for (long seed = 0; seed < 50; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            disk.createDirectory("d");
            TestDisk.store(disk, "d/f", bytes(1, 1));
            SimulatedDisk next = world.afterPowerCut();
            boolean there = next.typeOf("d") == Disk.Type.DIRECTORY;
            assertThat(!there || next.list("d").equals(List.of("f"))).isTrue();
            lost += there ? 0 : 1;
        }
        assertThat(lost).isBetween(1, 49);
    }

    @Property(tries = 200)
    void a_file_moved_out_of_a_directory_is_not_lost_with_it(@ForAll long seed, @ForAll boolean replaced) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        disk.createDirectory("d");
        disk.createDirectory("e");
        TestDisk.store(disk, "d/f", bytes(1, 1));
        disk.syncDirectory("");
        disk.createDirectory("new");
        disk.rename("d/f", "new/f");
        if (replaced) {
            disk.rename("e", "d");
        } else {
            disk.delete("d");
        }

        SimulatedDisk next = world.afterPowerCut();

        assertThat(directories(next, "").stream().map(next::list).toList()).containsOnlyOnce(List.of("f"));
    }

    @Property(tries = 300)
    void moved_directories_always_form_a_tree_and_keep_their_files(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        RandomStream random = RandomStream.of(seed, "test");
        SimulatedDisk disk = world.start();
        for (String directory : List.of("a", "b", "c")) {
            disk.createDirectory(directory);
            TestDisk.store(disk, directory + "/f" + directory, bytes(1, directory.charAt(0)));
        }
        disk.syncDirectory("");
        for (int step = 0; step < 12; step++) {
            List<String> all = directories(disk, "");
            String from = random.pick(all);
            String into = random.nextInt(3) == 0 ? "" : random.pick(all);
            String to = (into.isEmpty() ? "" : into + "/") + "m" + step;
            if (!to.startsWith(from + "/")) {
                disk.rename(from, to);
            }
            if (random.nextInt(4) == 0) {
                disk.syncDirectory(into.isEmpty() || disk.typeOf(into) != Disk.Type.DIRECTORY ? "" : into);
            }
        }

        SimulatedDisk next = world.afterPowerCut();

        List<String> found = directories(next, "");
        List<String> files = found.stream()
                .flatMap(directory -> next.list(directory).stream())
                .filter(name -> name.startsWith("f"))
                .sorted()
                .toList();
        assertThat(found).hasSize(3);
        assertThat(files).containsExactly("fa", "fb", "fc");
    }

    private static List<String> directories(Disk disk, String parent) {
        List<String> found = new ArrayList<>();
        for (String name : disk.list(parent)) {
            String path = parent.isEmpty() ? name : parent + "/" + name;
            if (disk.typeOf(path) == Disk.Type.DIRECTORY) {
                found.add(path);
                found.addAll(directories(disk, path));
            }
        }
        return found;
    }

    @Property(tries = 200)
    void after_failed_syncs_the_names_are_a_tree_whose_files_are_whole(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        RandomStream random = RandomStream.of(seed, "test");
        SimulatedDisk disk = world.start();
        disk.createDirectory("d");
        disk.createDirectory("e");
        disk.syncDirectory("");
        TreeSet<String> ever = new TreeSet<>();
        Expected expected = new Expected();
        for (int step = 0; step < 20; step++) {
            change(disk, expected, path(random), path(random), step, random);
            ever.addAll(expected.live.values());
            world.faults.ioErrorPerMillion(1_000_000);
            if (random.nextInt(3) == 0) {
                String directory = random.pick(DIRECTORIES);
                assertThat(failsToSync(disk, directory)).isTrue();
            }
            world.faults.heal();
        }

        assertThat(ever).containsAll(files(world.afterPowerCut()).values());
    }

    private static boolean failsToSync(SimulatedDisk disk, String directory) {
        try {
            disk.syncDirectory(directory);
            return false;
        } catch (DiskFailure failure) {
            return failure.kind() == DiskFailure.Kind.IO_ERROR;
        }
    }

    @Test
    void names_that_are_never_synced_are_written_in_the_end() {
        TestDisk world = new TestDisk(1);
        SimulatedDisk disk = world.start();
        for (int i = 0; i < 3000; i++) {
            disk.open("f" + i, Disk.Mode.CREATE_NEW).close();
        }

        assertThat(world.afterPowerCut().list(""))
                .contains("f0", "f100", "f1000")
                .hasSizeBetween(1500, 3000);
    }
}
