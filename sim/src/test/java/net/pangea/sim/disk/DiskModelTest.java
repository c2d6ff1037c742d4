package net.pangea.sim.disk;

import static net.pangea.sim.disk.TestDisk.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.pangea.machine.Disk.Mode;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/** As long as the power stays on, a disk is a map of names to bytes. */
final class DiskModelTest {
    private static final List<String> PATHS = List.of("a", "b", "d/a", "d/b");

    /** One operation; what the numbers mean depends on it. */
    record Step(int kind, int path, int other, int position, int length) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, PATHS.size() - 1),
                        Arbitraries.integers().between(0, PATHS.size() - 1),
                        Arbitraries.integers().between(0, 40_000),
                        Arbitraries.integers().between(0, 20_000))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void without_a_power_cut_a_disk_agrees_with_a_map(@ForAll("steps") List<Step> steps) {
        TestDisk world = new TestDisk(1);
        SimulatedDisk disk = world.start();
        disk.createDirectory("d");
        TreeMap<String, byte[]> model = new TreeMap<>();
        for (Step step : steps) {
            if (step.kind == 8) {
                disk = world.afterProcessCrash();
            } else {
                doBoth(disk, model, step);
            }
            requireEqual(disk, model);
        }
    }

    private static void doBoth(SimulatedDisk disk, SortedMap<String, byte[]> model, Step step) {
        String path = PATHS.get(step.path);
        byte[] before = model.get(path);
        switch (step.kind) {
            case 0, 1, 2 -> {
                byte[] data = noise(step.length, step.position);
                try (DiskFile file = disk.open(path, Mode.CREATE)) {
                    file.write(step.position, ByteBuffer.wrap(data));
                }
                model.put(path, written(before == null ? new byte[0] : before, step.position, data));
            }
            case 3 -> disk.syncDirectory(step.path < 2 ? "" : "d");
            case 4 -> {
                if (before == null) {
                    fails(DiskFailure.Kind.NOT_FOUND, () -> disk.delete(path));
                } else {
                    disk.delete(path);
                    model.remove(path);
                }
            }
            case 5 -> {
                String other = PATHS.get(step.other);
                if (before == null) {
                    fails(DiskFailure.Kind.NOT_FOUND, () -> disk.rename(path, other));
                } else {
                    disk.rename(path, other);
                    model.remove(path);
                    model.put(other, before);
                }
            }
            default -> {
                if (before == null) {
                    fails(DiskFailure.Kind.NOT_FOUND, () -> disk.open(path, Mode.WRITE));
                } else {
                    try (DiskFile file = disk.open(path, Mode.WRITE)) {
                        if (step.kind == 6) {
                            file.sync();
                        } else {
                            file.truncate(step.position);
                            model.put(path, Arrays.copyOf(before, Math.min(before.length, step.position)));
                        }
                    }
                }
            }
        }
    }

    private static byte[] written(byte[] before, int position, byte[] data) {
        if (data.length == 0) {
            return before;
        }
        byte[] after = Arrays.copyOf(before, Math.max(before.length, position + data.length));
        System.arraycopy(data, 0, after, position, data.length);
        return after;
    }

    private static void fails(DiskFailure.Kind kind, Runnable call) {
        assertThatExceptionOfType(DiskFailure.class)
                .isThrownBy(call::run)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static void requireEqual(SimulatedDisk disk, SortedMap<String, byte[]> model) {
        List<String> names = new ArrayList<>(disk.list(""));
        names.remove("d");
        disk.list("d").forEach(name -> names.add("d/" + name));
        assertThat(names).containsExactlyElementsOf(model.keySet());
        model.forEach((path, bytes) -> assertThat(TestDisk.contents(disk, path)).isEqualTo(bytes));
    }
}
