package net.pangea.sim.disk;

import static net.pangea.sim.disk.TestDisk.bytes;
import static net.pangea.sim.disk.TestDisk.contents;
import static net.pangea.sim.disk.TestDisk.noise;
import static net.pangea.sim.disk.TestDisk.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.Disk;
import net.pangea.machine.Disk.Mode;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFailure.Kind;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What each fault of a device does, apart from the power cut. */
final class DiskFaultsTest {

    private static void fails(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(DiskFailure.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void operations_wait_for_the_device_and_for_each_other() {
        DiskProfile profile = new DiskProfile(_ -> 100, _ -> 5000, 1_000_000_000, 1 << 20, 0, 0, 0);
        TestDisk world = new TestDisk(1, profile);
        SimulatedDisk disk = world.start();

        DiskFile file = disk.open("f", Mode.CREATE);
        assertThat(world.nowNanos).isEqualTo(100);
        file.write(0, ByteBuffer.allocate(10_000));
        assertThat(world.nowNanos).isEqualTo(10_200);
        file.sync();
        assertThat(world.nowNanos).isEqualTo(15_200);
        assertThat(file.read(0, ByteBuffer.allocate(1000))).isEqualTo(1000);
        assertThat(world.nowNanos).isEqualTo(16_300);
        world.faults.slowdown(10);
        disk.syncDirectory("");
        assertThat(world.nowNanos).isEqualTo(66_300);
        assertThat(file.size()).isEqualTo(10_000);
        assertThat(world.nowNanos).isEqualTo(66_300);
    }

    @Test
    void a_device_does_one_thing_at_a_time() {
        DiskProfile profile = new DiskProfile(_ -> 1000, _ -> 0, Long.MAX_VALUE, 1 << 20, 0, 0, 0);
        List<Long> waits = new ArrayList<>();
        SimulatedDisk disk = new SimulatedDisk(
                new DiskImage(),
                profile,
                new DiskFaults(),
                name -> RandomStream.of(1, name),
                new DiskWorld(() -> 0, waits::add, DiskTrace.none()));

        disk.createDirectory("a");
        disk.createDirectory("b"); // begun at the same instant, as time stands still here

        assertThat(waits).containsExactly(500L, 500L, 1000L, 1000L);
    }

    @Test
    void a_full_disk_takes_what_fits_and_says_so() {
        TestDisk world = new TestDisk(1, DiskProfile.instant(4 * Disk.SECTOR_BYTES));
        SimulatedDisk disk = world.start();
        DiskFile file = disk.open("f", Mode.CREATE);
        ByteBuffer source = ByteBuffer.wrap(bytes(10_000, 1));

        fails(Kind.NO_SPACE, () -> file.write(100, source));

        assertThat(file.size()).isEqualTo(4 * Disk.SECTOR_BYTES);
        assertThat(disk.freeBytes()).isZero();
        fails(Kind.NO_SPACE, () -> disk.open("g", Mode.CREATE));
        fails(Kind.NO_SPACE, () -> disk.createDirectory("d"));
        file.write(0, ByteBuffer.wrap(bytes(2048, 2)));
        file.truncate(1024);
        assertThat(disk.freeBytes()).isEqualTo(2 * Disk.SECTOR_BYTES);
    }

    @Test
    void the_full_fault_comes_and_goes() {
        TestDisk world = new TestDisk(1);
        SimulatedDisk disk = world.start();
        DiskFile file = disk.open("f", Mode.CREATE);

        world.faults.full(true);
        fails(Kind.NO_SPACE, () -> file.write(0, ByteBuffer.allocate(1)));
        assertThat(disk.freeBytes()).isZero();
        world.faults.heal();
        file.write(0, ByteBuffer.allocate(1));

        assertThat(file.size()).isEqualTo(1);
    }

    @Test
    void a_lost_sync_reports_success_and_a_later_real_one_helps() {
        int lost = 0;
        for (long seed = 0; seed < 50; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            store(disk, "saved", bytes(1000, 1));
            DiskFile file = disk.open("saved", Mode.WRITE);
            world.faults.loseSync(true);
            file.write(0, ByteBuffer.wrap(bytes(1000, 2)));
            file.sync();
            store(disk, "new", bytes(1000, 3));
            if (seed % 2 == 1) {
                world.faults.loseSync(false);
                file.sync();
            }
            SimulatedDisk next = world.afterPowerCut();
            boolean kept = Arrays.equals(contents(next, "saved"), bytes(1000, 2));
            assertThat(kept || seed % 2 == 0).isTrue();
            lost += kept ? 0 : 1;
        }
        assertThat(lost).isPositive();
    }

    @Test
    void a_lost_directory_sync_loses_the_name_at_a_power_cut() {
        int lost = 0;
        for (long seed = 0; seed < 20; seed++) {
            TestDisk world = new TestDisk(seed);
            world.faults.loseSync(true);
            store(world.start(), "f", bytes(10, 1));
            assertThat(world.operations).contains("SYNC_LOST f 0+10", "SYNC_LOST  0+0");
            lost += world.afterPowerCut().typeOf("f") == Disk.Type.NOTHING ? 1 : 0;
        }
        assertThat(lost).isBetween(1, 19);
    }

    @Property(tries = 300)
    void after_a_failed_sync_every_sector_is_old_or_new_and_syncing_again_proves_nothing(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        store(disk, "f", bytes(40 * 512, 1));
        DiskFile file = disk.open("f", Mode.WRITE);
        file.write(0, ByteBuffer.wrap(bytes(40 * 512, 2)));

        world.faults.ioErrorPerMillion(1_000_000);
        fails(Kind.IO_ERROR, file::sync);
        world.faults.heal();
        byte[] read = contents(disk, "f");
        file.sync();
        byte[] found = contents(world.afterPowerCut(), "f");

        for (int sector = 0; sector < 40; sector++) {
            byte[] onDisk = Arrays.copyOfRange(found, sector * 512, sector * 512 + 512);
            assertThat(onDisk).isIn(bytes(512, 1), bytes(512, 2));
            byte[] inMemory = Arrays.copyOfRange(read, sector * 512, sector * 512 + 512);
            assertThat(inMemory).isIn(onDisk, bytes(512, 2));
        }
    }

    @Test
    void after_a_failed_sync_data_may_read_as_written_and_still_be_lost_after_a_second_sync() {
        int betrayed = 0;
        for (long seed = 0; seed < 50; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            DiskFile file = disk.open("f", Mode.CREATE);
            disk.syncDirectory("");
            file.write(0, ByteBuffer.wrap(bytes(2000, 2)));
            world.faults.ioErrorPerMillion(1_000_000);
            fails(Kind.IO_ERROR, file::sync);
            world.faults.heal();
            boolean reads = Arrays.equals(contents(disk, "f"), bytes(2000, 2));
            file.sync();
            boolean kept = Arrays.equals(contents(world.afterPowerCut(), "f"), bytes(2000, 2));
            betrayed += reads && !kept ? 1 : 0;
        }
        assertThat(betrayed).isPositive();
    }

    @Property(tries = 200)
    void what_is_written_again_after_a_failed_sync_and_synced_is_durable(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        DiskFile file = disk.open("f", Mode.CREATE);
        disk.syncDirectory("");
        file.write(0, ByteBuffer.wrap(noise(9000, seed)));
        world.faults.ioErrorPerMillion(1_000_000);
        fails(Kind.IO_ERROR, file::sync);
        world.faults.heal();

        byte[] again = noise(9500, seed + 1);
        file.write(0, ByteBuffer.wrap(again));
        file.sync();

        assertThat(contents(world.afterPowerCut(), "f")).isEqualTo(again);
    }

    @Test
    void after_a_failed_directory_sync_a_name_may_be_there_and_never_become_durable() {
        int betrayed = 0;
        for (long seed = 0; seed < 50; seed++) {
            TestDisk world = new TestDisk(seed);
            SimulatedDisk disk = world.start();
            TestDisk.writeAndSync(disk, "f", bytes(10, 1));
            world.faults.ioErrorPerMillion(1_000_000);
            fails(Kind.IO_ERROR, () -> disk.syncDirectory(""));
            world.faults.heal();
            assertThat(disk.typeOf("f")).isEqualTo(Disk.Type.FILE);
            disk.syncDirectory("");
            betrayed += world.afterPowerCut().typeOf("f") == Disk.Type.NOTHING ? 1 : 0;
        }
        assertThat(betrayed).isBetween(1, 49);
    }

    @Property(tries = 200)
    void a_failed_write_leaves_a_part_of_it_or_nothing(@ForAll long seed) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        store(disk, "f", bytes(3000, 1));
        DiskFile file = disk.open("f", Mode.WRITE);

        world.faults.ioErrorPerMillion(1_000_000);
        fails(Kind.IO_ERROR, () -> file.write(0, ByteBuffer.wrap(bytes(3000, 2))));
        fails(Kind.IO_ERROR, () -> file.read(0, ByteBuffer.allocate(1)));
        world.faults.heal();

        byte[] found = contents(disk, "f");
        int part = 0;
        while (part < 3000 && found[part] == 2) {
            part++;
        }
        assertThat(Arrays.copyOfRange(found, part, 3000)).isEqualTo(bytes(3000 - part, 1));
    }

    @Property(tries = 200)
    void rot_spoils_exactly_what_it_reports(@ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int sectors) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        TreeMap<String, byte[]> stored = new TreeMap<>();
        disk.createDirectory("d");
        for (String path : List.of("a", "d/b", "d/c")) {
            stored.put(path, noise((int) world.cuts.between(1, 5000), seed + path.hashCode()));
            store(disk, path, stored.get(path));
        }
        disk.syncDirectory("");

        List<Damage> damages = world.image.rot(sectors, RandomStream.of(seed, "rot"));

        long data =
                stored.values().stream().mapToLong(b -> (b.length + 511) / 512).sum();
        assertThat(damages).hasSize((int) Math.min(sectors, data)).doesNotHaveDuplicates();
        TreeSet<String> found = new TreeSet<>();
        SimulatedDisk next = world.afterPowerCut();
        for (String path : stored.keySet()) {
            byte[] before = stored.get(path);
            byte[] after = contents(next, path);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.length; i++) {
                if (before[i] != after[i]) {
                    int start = i - i % 512;
                    found.add(new Damage(path, start, Math.min(512, before.length - start)).toString());
                }
            }
        }
        assertThat(found)
                .isEqualTo(new TreeSet<>(damages.stream().map(Damage::toString).toList()));
    }

    @Test
    void rot_of_other_files_does_not_depend_on_a_file_more() {
        List<List<Damage>> damages = new ArrayList<>();
        for (boolean more : List.of(false, true)) {
            TestDisk world = new TestDisk(1);
            SimulatedDisk disk = world.start();
            store(disk, "b", noise(50_000, 1));
            if (more) {
                store(disk, "a", noise(1000, 2));
            }
            damages.add(world.image.rot(5, RandomStream.of(1, "rot")));
        }

        assertThat(damages.getLast().stream()
                        .filter(damage -> damage.path().equals("b"))
                        .toList())
                .isSubsetOf(damages.getFirst());
    }

    @Test
    void rot_under_an_unsynced_write_is_healed_by_the_sync_and_seen_after_a_power_cut_without_it() {
        TestDisk world = new TestDisk(3);
        SimulatedDisk disk = world.start();
        store(disk, "f", bytes(512, 1));
        DiskFile file = disk.open("f", Mode.WRITE);
        file.write(0, ByteBuffer.wrap(bytes(512, 2)));

        assertThat(world.image.rot(1, RandomStream.of(1, "rot"))).containsExactly(new Damage("f", 0, 512));
        assertThat(contents(disk, "f")).isEqualTo(bytes(512, 2));
        file.sync();

        assertThat(contents(world.afterPowerCut(), "f")).isEqualTo(bytes(512, 2));
    }

    @Property(tries = 200)
    void a_misdirected_write_spoils_exactly_what_it_reports(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6000) int length) {
        TestDisk world = new TestDisk(seed);
        SimulatedDisk disk = world.start();
        TreeMap<String, byte[]> expected = new TreeMap<>();
        for (String path : List.of("a", "b")) {
            expected.put(path, noise(5000, seed + path.hashCode()));
            store(disk, path, expected.get(path));
        }
        int position = world.cuts.nextInt(4000);
        byte[] written = noise(length, seed + 7);

        world.faults.misdirectPerMillion(1_000_000);
        DiskFile file = disk.open("a", Mode.WRITE);
        file.write(position, ByteBuffer.wrap(written));
        file.sync();

        assertThat(world.damages.getFirst()).isEqualTo(new Damage("a", position, length));
        expected.put("a", Arrays.copyOf(expected.get("a"), Math.max(5000, position + length)));
        for (Damage victim : world.damages.subList(1, world.damages.size())) {
            assertThat(victim.offset() % Disk.SECTOR_BYTES).isZero();
            System.arraycopy(written, 0, expected.get(victim.path()), (int) victim.offset(), (int) victim.length());
        }
        SimulatedDisk next = world.afterPowerCut();
        assertThat(world.damages).hasSize(2);
        assertThat(contents(next, "a")).isEqualTo(expected.get("a"));
        assertThat(contents(next, "b")).isEqualTo(expected.get("b"));
    }
}
