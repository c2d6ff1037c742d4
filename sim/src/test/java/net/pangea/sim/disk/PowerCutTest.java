package net.pangea.sim.disk;

import static net.pangea.sim.disk.TestDisk.bytes;
import static net.pangea.sim.disk.TestDisk.contents;
import static net.pangea.sim.disk.TestDisk.noise;
import static net.pangea.sim.disk.TestDisk.store;
import static net.pangea.sim.disk.TestDisk.writeAndSync;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.Disk;
import net.pangea.machine.Disk.Mode;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

/** What a power cut leaves of one file, and of the usual way to replace a file. */
final class PowerCutTest {
    private static final int SECTOR = Disk.SECTOR_BYTES;

    /** The versions a file had since its last sync. */
    private static final class History {
        private final List<byte[]> versions = new ArrayList<>();
        private final TreeSet<Integer> sizes = new TreeSet<>();

        History(byte[] durable) {
            add(durable);
        }

        void add(byte[] version) {
            versions.add(version);
            sizes.add(version.length);
        }

        /** Without torn writes one that ended within the file can be the only one that survives. */
        void addEnd(int end) {
            sizes.add(end);
        }

        byte[] latest() {
            return versions.getLast();
        }

        void requirePossible(byte[] found) {
            assertThat(sizes).contains(found.length);
            for (int start = 0; start < found.length; start += SECTOR) {
                int end = Math.min(found.length, start + SECTOR);
                byte[] sector = Arrays.copyOfRange(found, start, end);
                int from = start;
                assertThat(versions.stream().anyMatch(version -> Arrays.equals(sector, part(version, from, end))))
                        .as("the sector at %d of %d bytes is one that was written", start, found.length)
                        .isTrue();
            }
        }

        /** What a reader sees of a version within another size: zeros beyond its own. */
        private static byte[] part(byte[] version, int from, int to) {
            byte[] part = new byte[to - from];
            if (from < version.length) {
                System.arraycopy(version, from, part, 0, Math.min(version.length, to) - from);
            }
            return part;
        }
    }

    @Property(tries = 400)
    void every_sector_is_the_synced_one_or_one_written_since_and_so_is_the_size(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps, @ForAll boolean torn) {
        TestDisk world = new TestDisk(seed);
        world.faults.torn(torn);
        RandomStream random = RandomStream.of(seed, "test");
        SimulatedDisk disk = world.start();
        store(disk, "f", new byte[0]);
        History history = new History(new byte[0]);
        for (int cut = 0; cut < 3; cut++) {
            DiskFile file = disk.open("f", Mode.WRITE);
            for (int step = 0; step < steps; step++) {
                history = change(file, history, random, torn);
            }

            disk = world.afterPowerCut();

            byte[] found = contents(disk, "f");
            history.requirePossible(found);
            history = new History(found);
        }
        DiskFile file = disk.open("f", Mode.WRITE);
        file.write(60_000, ByteBuffer.allocate(1)); // what a cut file had beyond its end must be gone
        assertThat(contents(disk, "f")).isEqualTo(Arrays.copyOf(history.latest(), 60_001));
    }

    private static History change(DiskFile file, History history, RandomStream random, boolean torn) {
        byte[] before = history.latest();
        switch (random.nextInt(8)) {
            case 0 -> {
                file.sync();
                return new History(before);
            }
            case 1 -> {
                int size = random.nextInt(before.length + 1);
                file.truncate(size);
                history.add(Arrays.copyOf(before, size));
            }
            default -> {
                byte[] data = noise(1 + random.nextInt(random.nextInt(2) == 0 ? 300 : 4000), random.nextLong());
                int position = random.nextInt(40_000);
                byte[] after = Arrays.copyOf(before, Math.max(before.length, position + data.length));
                System.arraycopy(data, 0, after, position, data.length);
                file.write(position, ByteBuffer.wrap(data));
                history.add(after);
                if (!torn) {
                    history.addEnd(position + data.length);
                }
            }
        }
        return history;
    }

    @Property(tries = 200)
    void what_was_synced_with_its_name_is_there_byte_for_byte(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        byte[] expected = noise((int) world.cuts.between(0, 100_000), seed);
        disk.createDirectory("d");
        disk.syncDirectory("");
        store(disk, "d/f", expected);
        store(disk, "d/g", bytes(10, 1));
        disk.open("d/g", Mode.WRITE).write(5, ByteBuffer.wrap(bytes(2000, 2)));
        disk.rename("d/g", "h");

        assertThat(contents(world.afterPowerCut(), "d/f")).isEqualTo(expected);
    }

    @Test
    void without_torn_writes_each_write_is_wholly_there_or_not_at_all() {
        TreeSet<String> outcomes = new TreeSet<>();
        for (long seed = 0; seed < 200; seed++) {
            TestDisk world = new TestDisk(seed);
            world.faults.torn(false);
            SimulatedDisk disk = world.start();
            store(disk, "f", bytes(8 * SECTOR, 'o'));
            DiskFile file = disk.open("f", Mode.WRITE);
            file.write(0, ByteBuffer.wrap(bytes(4 * SECTOR, 'a')));
            file.write(4 * SECTOR, ByteBuffer.wrap(bytes(4 * SECTOR, 'b')));
            byte[] found = contents(world.afterPowerCut(), "f");
            assertThat(Arrays.copyOf(found, 4 * SECTOR)).containsOnly(found[0]);
            assertThat(Arrays.copyOfRange(found, 4 * SECTOR, 8 * SECTOR)).containsOnly(found[4 * SECTOR]);
            outcomes.add("" + (char) found[0] + (char) found[4 * SECTOR]);
        }
        assertThat(outcomes).containsExactly("ab", "ao", "ob", "oo");
    }

    @Test
    void with_torn_writes_one_write_can_be_there_in_part_in_any_order_of_its_sectors() {
        TreeSet<String> outcomes = new TreeSet<>();
        for (long seed = 0; seed < 300; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            store(disk, "f", bytes(3 * SECTOR, 'o'));
            disk.open("f", Mode.WRITE).write(0, ByteBuffer.wrap(bytes(3 * SECTOR, 'n')));
            byte[] found = contents(world.afterPowerCut(), "f");
            outcomes.add("" + (char) found[0] + (char) found[SECTOR] + (char) found[2 * SECTOR]);
        }
        assertThat(outcomes).hasSize(8);
    }

    @Test
    void a_new_file_whose_name_is_durable_and_data_is_not_may_be_empty_zero_torn_or_whole() {
        TreeSet<String> outcomes = new TreeSet<>();
        for (long seed = 0; seed < 300; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            disk.open("f", Mode.CREATE).write(0, ByteBuffer.wrap(bytes(2 * SECTOR, 1)));
            disk.syncDirectory("");
            byte[] found = contents(world.afterPowerCut(), "f");
            outcomes.add(found.length == 0 ? "empty" : found[0] + "" + found[SECTOR]);
        }
        assertThat(outcomes).containsExactly("00", "01", "10", "11", "empty");
    }

    @Property(tries = 200)
    void many_unsynced_writes_are_bounded_in_memory_and_still_possible(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        store(disk, "f", new byte[0]);
        DiskFile file = disk.open("f", Mode.WRITE);
        History history = new History(new byte[0]);
        byte[] now = new byte[3 * SECTOR];
        for (int i = 0; i < 5000; i++) {
            int at = i % now.length;
            now[at] = (byte) i;
            file.write(at, ByteBuffer.wrap(now, at, 1));
            if (i >= now.length) {
                history.add(now.clone());
            }
        }

        byte[] found = contents(world.afterPowerCut(), "f");

        assertThat(found).hasSize(now.length); // the first writes were written back long ago
        history.requirePossible(found);
    }

    @Property(tries = 100)
    void a_file_replaced_by_write_sync_rename_and_directory_sync_is_wholly_old_or_wholly_new(
            @ForAll long seed, @ForAll boolean power) {
        byte[] old = noise(9000, seed);
        byte[] replacement = noise(5000, seed + 1);
        boolean done = false;
        for (long crashAt = 1; !done; crashAt++) {
            TestDisk world = new TestDisk(seed + crashAt);
            store(world.start(), "f", old);
            SimulatedDisk disk = world.afterPowerCut();
            world.pauses = 0;
            world.crashAtPause = crashAt;
            try {
                writeAndSync(disk, "temp", replacement);
                disk.rename("temp", "f");
                disk.syncDirectory("");
                done = true;
            } catch (TestDisk.Crashed _) {
                assertThat(world.pauses).isGreaterThanOrEqualTo(crashAt);
            }
            world.crashAtPause = Long.MAX_VALUE;

            SimulatedDisk next = power ? world.afterPowerCut() : world.afterProcessCrash();

            byte[] found = contents(next, "f");
            assertThat(found).isIn(old, replacement);
            assertThat(!done || Arrays.equals(found, replacement)).isTrue();
            assertThat(crashAt).isLessThan(100);
        }
    }

    @Test
    void without_syncing_the_temporary_file_first_the_replacement_can_be_torn() {
        int torn = 0;
        for (long seed = 0; seed < 100; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            store(disk, "f", bytes(5000, 1));
            disk.open("temp", Mode.CREATE).write(0, ByteBuffer.wrap(bytes(5000, 2)));
            disk.rename("temp", "f");
            disk.syncDirectory("");
            byte[] found = contents(world.afterPowerCut(), "f");
            torn += Arrays.equals(found, bytes(5000, 2)) ? 0 : 1;
        }
        assertThat(torn).isBetween(1, 99);
    }

    @Property(tries = 100)
    void a_process_killed_in_a_large_write_leaves_whole_pages_of_memory(@ForAll long seed) {
        for (long crashAt = 3; crashAt <= 5; crashAt++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            world.crashAtPause = crashAt; // opening takes the first two
            try {
                disk.open("f", Mode.CREATE).write(0, ByteBuffer.wrap(bytes(20_000, 1)));
            } catch (TestDisk.Crashed _) {
                assertThat(world.pauses).isGreaterThanOrEqualTo(crashAt);
            }
            world.crashAtPause = Long.MAX_VALUE;

            int length = contents(world.afterProcessCrash(), "f").length;

            assertThat(crashAt == 3 ? length == 0 : crashAt == 5 ? length == 20_000 : length % 4096 == 0 && length > 0)
                    .isTrue();
        }
    }

    @Test
    void the_same_seed_leaves_the_same_disk() {
        List<byte[]> found = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            TestDisk world = new TestDisk(5);
            SimulatedDisk disk = world.start();
            store(disk, "f", noise(20_000, 1));
            disk.open("f", Mode.WRITE).write(100, ByteBuffer.wrap(noise(15_000, 2)));
            found.add(contents(world.afterPowerCut(), "f"));
        }
        assertThat(found.getFirst()).isEqualTo(found.getLast());
    }
}
