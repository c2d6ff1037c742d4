package net.pangea.sim.disk;

import static net.pangea.sim.disk.TestDisk.bytes;
import static net.pangea.sim.disk.TestDisk.contents;
import static net.pangea.sim.disk.TestDisk.noise;
import static net.pangea.sim.disk.TestDisk.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import net.pangea.machine.Disk;
import net.pangea.machine.Disk.Mode;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFailure.Kind;
import net.pangea.machine.DiskFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a healthy simulated disk does: the words of {@link Disk} and {@link DiskFile}. */
final class SimulatedDiskTest {
    private final TestDisk world = new TestDisk(1);
    private final SimulatedDisk disk = world.start();

    private static void fails(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(DiskFailure.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void a_file_reads_as_it_was_written_from_heap_direct_and_sliced_buffers() {
        byte[] expected = noise(100_000, 1);
        ByteBuffer direct = ByteBuffer.allocateDirect(50_000);
        direct.put(expected, 30_000, 50_000).flip();
        ByteBuffer slice = ByteBuffer.wrap(expected).slice(80_000, 20_000).asReadOnlyBuffer();

        DiskFile file = disk.open("f", Mode.CREATE_NEW);
        file.write(0, ByteBuffer.wrap(expected, 0, 30_000));
        file.write(30_000, direct);
        file.write(80_000, slice);

        assertThat(direct.hasRemaining() || slice.hasRemaining()).isFalse();
        assertThat(contents(disk, "f")).isEqualTo(expected);
        ByteBuffer target = ByteBuffer.allocateDirect(1000);
        assertThat(file.read(99_500, target)).isEqualTo(500);
        assertThat(target.position()).isEqualTo(500);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(expected, 99_500, 500));
    }

    @Test
    void a_gap_reads_as_zeros_and_takes_no_space() {
        long before = disk.freeBytes();

        DiskFile file = disk.open("f", Mode.CREATE);
        file.write(1_000_000_000_000L, ByteBuffer.wrap(bytes(10, 7)));

        ByteBuffer target = ByteBuffer.wrap(bytes(100_000, 1));
        assertThat(file.read(0, target)).isEqualTo(100_000);
        assertThat(target.array()).isEqualTo(bytes(100_000, 0));
        assertThat(file.size()).isEqualTo(1_000_000_000_010L);
        assertThat(before - disk.freeBytes()).isEqualTo(Disk.SECTOR_BYTES);
    }

    @Test
    void reading_at_or_beyond_the_end_gives_nothing() {
        store(disk, "f", bytes(10, 1));

        DiskFile file = disk.open("f", Mode.READ);

        assertThat(file.read(10, ByteBuffer.allocate(5))).isZero();
        assertThat(file.read(Long.MAX_VALUE, ByteBuffer.allocate(5))).isZero();
    }

    @Test
    void a_file_cut_and_extended_again_has_zeros_between() {
        store(disk, "f", bytes(40_000, 1));

        DiskFile file = disk.open("f", Mode.WRITE);
        file.truncate(700);
        file.truncate(90_000);
        assertThat(file.size()).isEqualTo(700);
        file.write(35_000, ByteBuffer.wrap(bytes(1, 2)));

        byte[] expected = new byte[35_001];
        System.arraycopy(bytes(700, 1), 0, expected, 0, 700);
        expected[35_000] = 2;
        assertThat(contents(disk, "f")).isEqualTo(expected);
    }

    @Test
    void each_open_mode_says_whether_the_file_must_be_there() {
        fails(Kind.NOT_FOUND, () -> disk.open("f", Mode.READ));
        fails(Kind.NOT_FOUND, () -> disk.open("f", Mode.WRITE));
        fails(Kind.NOT_FOUND, () -> disk.open("no/f", Mode.CREATE));
        disk.open("f", Mode.CREATE).close();
        disk.open("f", Mode.CREATE).close();
        fails(Kind.ALREADY_EXISTS, () -> disk.open("f", Mode.CREATE_NEW));
        disk.createDirectory("d");
        fails(Kind.WRONG_TYPE, () -> disk.open("d", Mode.READ));
        fails(Kind.WRONG_TYPE, () -> disk.open("f/g", Mode.CREATE));
        fails(Kind.NOT_PERMITTED, () -> disk.open("f", Mode.READ).write(0, ByteBuffer.allocate(1)));
        fails(Kind.NOT_PERMITTED, () -> disk.open("f", Mode.READ).truncate(0));
    }

    @Test
    void names_are_listed_in_order_and_typed() {
        disk.createDirectory("d");
        for (String name : List.of("b", "a", "C", "a.b", "10", "9")) {
            disk.open("d/" + name, Mode.CREATE_NEW).close();
        }

        assertThat(disk.list("d")).containsExactly("10", "9", "C", "a", "a.b", "b");
        assertThat(disk.list("")).containsExactly("d");
        assertThat(disk.typeOf("")).isEqualTo(Disk.Type.DIRECTORY);
        assertThat(disk.typeOf("d/a")).isEqualTo(Disk.Type.FILE);
        assertThat(disk.typeOf("d/a/x")).isEqualTo(Disk.Type.NOTHING);
        fails(Kind.NOT_FOUND, () -> disk.list("e"));
        fails(Kind.WRONG_TYPE, () -> disk.list("d/a"));
        fails(Kind.WRONG_TYPE, () -> disk.syncDirectory("d/a"));
        fails(Kind.ALREADY_EXISTS, () -> disk.createDirectory("d/a"));
    }

    @Test
    void a_path_of_another_form_is_refused() {
        for (String path : List.of("/a", "a/", "a//b", "..", "a/./b", "ä", "a b")) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> disk.open(path, Mode.CREATE));
        }
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> disk.delete(""));
    }

    @Test
    void a_rename_replaces_a_file_and_keeps_what_cannot_be_replaced() {
        store(disk, "old", bytes(10, 1));
        store(disk, "new", bytes(20, 2));
        disk.createDirectory("d");
        disk.createDirectory("e");
        store(disk, "e/x", bytes(1, 3));

        disk.rename("new", "old");
        disk.rename("old", "old");

        assertThat(contents(disk, "old")).isEqualTo(bytes(20, 2));
        assertThat(disk.list("")).containsExactly("d", "e", "old");
        fails(Kind.NOT_FOUND, () -> disk.rename("new", "x"));
        fails(Kind.NOT_FOUND, () -> disk.rename("old", "no/x"));
        fails(Kind.WRONG_TYPE, () -> disk.rename("old", "d"));
        fails(Kind.WRONG_TYPE, () -> disk.rename("d", "old"));
        fails(Kind.WRONG_TYPE, () -> disk.rename("d", "d/d"));
        fails(Kind.DIRECTORY_NOT_EMPTY, () -> disk.rename("d", "e"));
        fails(Kind.DIRECTORY_NOT_EMPTY, () -> disk.delete("e"));
        disk.rename("e", "d/e");
        assertThat(contents(disk, "d/e/x")).isEqualTo(bytes(1, 3));
    }

    @Test
    void a_deleted_file_stays_usable_through_its_handle_and_keeps_its_space_until_closed() {
        long empty = disk.freeBytes();
        store(disk, "f", bytes(5000, 1));
        DiskFile file = disk.open("f", Mode.WRITE);

        disk.delete("f");
        file.write(5000, ByteBuffer.wrap(bytes(1000, 2)));
        ByteBuffer target = ByteBuffer.allocate(6000);

        assertThat(file.read(0, target)).isEqualTo(6000);
        assertThat(disk.typeOf("f")).isEqualTo(Disk.Type.NOTHING);
        assertThat(empty - disk.freeBytes()).isEqualTo(12 * Disk.SECTOR_BYTES);
        file.close();
        assertThat(disk.freeBytes()).isEqualTo(empty);
    }

    @Test
    void a_closed_handle_is_of_no_use_and_may_be_closed_again() {
        DiskFile file = disk.open("f", Mode.CREATE);
        file.close();
        file.close();

        fails(Kind.CLOSED, file::size);
        fails(Kind.CLOSED, file::sync);
        fails(Kind.CLOSED, () -> file.read(0, ByteBuffer.allocate(1)));
        fails(Kind.CLOSED, () -> file.write(0, ByteBuffer.allocate(1)));
        fails(Kind.CLOSED, () -> file.truncate(0));
    }

    @Test
    void a_lock_is_held_once_and_dies_with_the_incarnation() {
        Disk.Lock lock = disk.lock("lock");
        fails(Kind.LOCKED, () -> disk.lock("lock"));
        assertThat(disk.heldLocks()).containsExactly("lock");
        lock.close();
        lock.close();
        Disk.Lock again = disk.lock("lock");

        SimulatedDisk next = world.afterProcessCrash();
        Disk.Lock taken = next.lock("lock");
        again.close();

        fails(Kind.LOCKED, () -> next.lock("lock"));
        taken.close();
        assertThat(next.heldLocks()).isEmpty();
    }

    @Test
    void everything_of_a_dead_incarnation_is_closed_and_nothing_written_is_lost_with_a_process() {
        DiskFile file = disk.open("f", Mode.CREATE);
        file.write(0, ByteBuffer.wrap(bytes(3000, 4)));

        SimulatedDisk next = world.afterProcessCrash();

        fails(Kind.CLOSED, file::size);
        fails(Kind.CLOSED, () -> file.write(0, ByteBuffer.allocate(1)));
        fails(Kind.CLOSED, () -> disk.list(""));
        file.close();
        assertThat(contents(next, "f")).isEqualTo(bytes(3000, 4));
        assertThat(next.openFiles()).isEmpty();
    }

    @Test
    void a_crash_gives_back_the_space_of_files_deleted_while_open() {
        long empty = disk.freeBytes();
        store(disk, "f", bytes(5000, 1));
        DiskFile open = disk.open("f", Mode.READ);
        disk.delete("f");
        assertThat(disk.openFiles()).containsExactly("f");
        assertThat(disk.freeBytes()).isLessThan(empty);

        assertThat(world.afterProcessCrash().freeBytes()).isEqualTo(empty);
        fails(Kind.CLOSED, open::size);
    }

    @Test
    void total_loss_leaves_an_empty_disk() {
        store(disk, "f", bytes(5000, 1));

        world.image.wipe();
        SimulatedDisk next = world.start();

        assertThat(next.list("")).isEmpty();
        assertThat(next.freeBytes()).isEqualTo(TestDisk.CAPACITY_BYTES);
        fails(Kind.CLOSED, () -> disk.list(""));
    }

    @Test
    void the_trace_is_told_every_operation() {
        try (DiskFile file = disk.open("f", Mode.CREATE)) {
            file.write(5, ByteBuffer.allocate(10));
            file.sync();
            int _ = file.read(0, ByteBuffer.allocate(100));
        }
        disk.rename("f", "g");

        assertThat(world.operations)
                .containsExactly(
                        "OPEN f 0+0",
                        "WRITE f 5+10",
                        "SYNC f 0+15",
                        "READ f 0+15",
                        "CLOSE f 0+0",
                        "RENAME g 0+0",
                        "RENAMED_FROM f 0+0");
    }

    @Test
    void contents_of_many_pages_survive_many_incarnations() {
        byte[] expected = noise(4 << 20, 9);
        DiskFile file = disk.open("f", Mode.CREATE);
        for (int at = 0; at < expected.length; at += 1 << 16) {
            file.write(at, ByteBuffer.wrap(expected, at, 1 << 16));
        }
        file.sync();
        disk.syncDirectory("");

        SimulatedDisk next = disk;
        for (int i = 0; i < 5; i++) {
            next = world.afterPowerCut();
            DiskFile unsynced = next.open("f", Mode.WRITE);
            assertThat(unsynced.size()).isEqualTo(expected.length);
        }

        assertThat(contents(next, "f")).isEqualTo(expected);
        assertThat(next.freeBytes()).isEqualTo(TestDisk.CAPACITY_BYTES - expected.length);
    }
}
