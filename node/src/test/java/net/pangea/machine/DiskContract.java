package net.pangea.machine;

import static net.pangea.machine.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.machine.Disk.Mode;
import net.pangea.machine.DiskFailure.Kind;
import org.junit.jupiter.api.Test;

/** What {@link Disk} and {@link DiskFile} promise while the power stays on. */
public abstract class DiskContract {
    /** So much that a disk may write it in another way. */
    private static final int LARGE_BYTES = 1 << 20;

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    /** A test of a fresh machine's disk. */
    @FunctionalInterface
    private interface OneDisk {
        void run(Disk disk, Machine machine) throws Exception;
    }

    private void onDisk(OneDisk test) throws Exception {
        fixture().on(machine -> test.run(machine.disk(), machine));
    }

    private static void store(Disk disk, String path, String text) {
        try (DiskFile file = disk.open(path, Mode.CREATE)) {
            file.write(0, Streams.text(text));
            file.truncate(Streams.text(text).remaining());
            file.sync();
        }
    }

    private static String load(Disk disk, String path) {
        try (DiskFile file = disk.open(path, Mode.READ)) {
            return load(file, 0, (int) file.size());
        }
    }

    private static String load(DiskFile file, long position, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        assertThat(file.read(position, target)).isEqualTo(length);
        return new String(target.array(), StandardCharsets.UTF_8);
    }

    @Test
    void a_fresh_disk_is_an_empty_folder_with_room() throws Exception {
        onDisk((disk, machine) -> {
            assertThat(disk.typeOf("")).isEqualTo(Disk.Type.DIRECTORY);
            assertThat(disk.list("")).isEmpty();
            assertThat(disk.freeBytes()).isPositive();
        });
    }

    @Test
    void what_is_written_is_read() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                file.write(0, Streams.text("hello"));
                assertThat(file.size()).isEqualTo(5);
                assertThat(load(file, 0, 5)).isEqualTo("hello");
                assertThat(load(file, 1, 3)).isEqualTo("ell");

                file.write(3, Streams.text("p me"));
                assertThat(load(file, 0, 7)).isEqualTo("help me");
                file.sync();
            }
            disk.syncDirectory("");
            assertThat(load(disk, "file")).isEqualTo("help me");
            assertThat(disk.typeOf("file")).isEqualTo(Disk.Type.FILE);
        });
    }

    @Test
    void modes_treat_what_is_and_is_not_there() throws Exception {
        onDisk((disk, machine) -> {
            assertFails(Kind.NOT_FOUND, () -> disk.open("file", Mode.READ));
            assertFails(Kind.NOT_FOUND, () -> disk.open("file", Mode.WRITE));
            assertThat(disk.typeOf("file")).isEqualTo(Disk.Type.NOTHING);

            disk.open("file", Mode.CREATE_NEW).close();
            assertFails(Kind.ALREADY_EXISTS, () -> disk.open("file", Mode.CREATE_NEW));
            assertFails(Kind.ALREADY_EXISTS, () -> disk.open("file", Mode.CREATE_PRIVATE));
            try (DiskFile file = disk.open("file", Mode.WRITE)) {
                file.write(0, Streams.text("kept"));
            }
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                assertThat(load(file, 0, 4)).isEqualTo("kept");
            }
            try (DiskFile file = disk.open("file", Mode.READ)) {
                assertThat(load(file, 0, 4)).isEqualTo("kept");
                assertFails(Kind.NOT_PERMITTED, () -> file.write(0, Streams.text("x")));
                assertFails(Kind.NOT_PERMITTED, () -> file.truncate(0));
            }
            assertThat(load(disk, "file")).isEqualTo("kept");
        });
    }

    @Test
    void a_file_needs_its_parent_and_a_directory_is_no_file() throws Exception {
        onDisk((disk, machine) -> {
            disk.createDirectory("folder");
            store(disk, "file", "text");

            for (Mode mode : Mode.values()) {
                assertFails(Kind.NOT_FOUND, () -> disk.open("missing/file", mode));
            }
            assertFails(Kind.WRONG_TYPE, () -> disk.open("folder", Mode.READ));
            assertFails(Kind.WRONG_TYPE, () -> disk.open("folder", Mode.WRITE));
            assertFails(Kind.WRONG_TYPE, () -> disk.open("folder", Mode.CREATE));
            assertFails(Kind.WRONG_TYPE, () -> disk.open("file/below", Mode.CREATE));
            assertFails(Kind.WRONG_TYPE, () -> disk.list("file"));
            assertFails(Kind.NOT_FOUND, () -> disk.list("missing"));
            assertThat(disk.typeOf("file/below")).isEqualTo(Disk.Type.NOTHING);
            assertThat(disk.typeOf("missing/file")).isEqualTo(Disk.Type.NOTHING);
        });
    }

    @Test
    void reads_end_where_the_file_does() throws Exception {
        onDisk((disk, machine) -> {
            store(disk, "file", "0123456789");
            try (DiskFile file = disk.open("file", Mode.READ)) {
                ByteBuffer target = ByteBuffer.allocate(20);
                assertThat(file.read(4, target)).isEqualTo(6);
                assertThat(target.position()).isEqualTo(6);
                assertThat(file.read(10, target)).isZero();
                assertThat(file.read(5_000_000_000L, target)).isZero();
                assertThat(target.position()).isEqualTo(6);
                assertThat(file.read(0, ByteBuffer.allocate(0))).isZero();
            }
        });
    }

    @Test
    void a_gap_reads_as_zeros() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                file.write(100_000, Streams.text("end"));

                assertThat(file.size()).isEqualTo(100_003);
                ByteBuffer target = ByteBuffer.allocate(100_003);
                assertThat(file.read(0, target)).isEqualTo(100_003);
                byte[] gap = new byte[100_000];
                target.flip().get(gap);
                assertThat(gap).isEqualTo(new byte[100_000]);
                assertThat(load(file, 100_000, 3)).isEqualTo("end");
            }
        });
    }

    @Test
    void positions_beyond_four_gibibytes_are_kept_apart() throws Exception {
        onDisk((disk, machine) -> {
            long far = 5L << 30;
            try (DiskFile file = disk.open("sparse", Mode.CREATE)) {
                file.write(0, Streams.text("near"));
                file.write(far, Streams.text("far"));

                assertThat(file.size()).isEqualTo(far + 3);
                assertThat(load(file, 0, 4)).isEqualTo("near");
                assertThat(load(file, far, 3)).isEqualTo("far");
                file.truncate(4);
                assertThat(file.size()).isEqualTo(4);
            }
        });
    }

    @Test
    void truncate_cuts_and_never_extends() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                file.write(0, Streams.text("0123456789"));
                file.truncate(20);
                assertThat(file.size()).isEqualTo(10);

                file.truncate(4);
                assertThat(file.size()).isEqualTo(4);
                file.write(6, Streams.text("6"));

                assertThat(load(file, 0, 7))
                        .as("what was cut off does not come back")
                        .isEqualTo("0123\0\0" + "6");
            }
        });
    }

    @Test
    void any_kind_of_buffer_is_used_between_position_and_limit() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                ByteBuffer direct = ByteBuffer.allocateDirect(8192 + 4096).alignedSlice(4096);
                direct.put(Streams.text("..direct..")).position(2).limit(8);
                ByteBuffer sliced = Streams.text("..sliced..").slice(2, 6);
                ByteBuffer readOnly = Streams.text("..asheap..")
                        .asReadOnlyBuffer()
                        .position(2)
                        .limit(8);
                file.write(0, direct);
                file.write(6, sliced);
                file.write(12, readOnly);
                file.write(18, ByteBuffer.allocate(0));
                assertThat(direct.position()).isEqualTo(8);
                assertThat(sliced.position()).isEqualTo(6);
                assertThat(readOnly.position()).isEqualTo(8);
                assertThat(load(file, 0, 18)).isEqualTo("directslicedasheap");

                ByteBuffer target =
                        ByteBuffer.allocateDirect(10).position(2).limit(8).slice();
                assertThat(file.read(6, target)).isEqualTo(6);
                assertThat(target.flip()).isEqualTo(Streams.text("sliced"));
                ByteBuffer middle = ByteBuffer.allocate(10).position(2).limit(8);
                assertThat(file.read(0, middle)).isEqualTo(6);
                assertThat(middle.array()).startsWith(0, 0, 'd', 'i').endsWith('c', 't', 0, 0);
            }
        });
    }

    @Test
    void large_transfers_are_whole() throws Exception {
        onDisk((disk, machine) -> {
            byte[] written = Streams.pattern((3 << 20) + 17, 1);
            try (DiskFile file = disk.open("large", Mode.CREATE)) {
                file.write(5, ByteBuffer.wrap(written));
                ByteBuffer target = ByteBuffer.allocate(written.length + 10);
                assertThat(file.read(5, target)).isEqualTo(written.length);
                byte[] read = new byte[written.length];
                target.flip().get(read);
                assertThat(read).isEqualTo(written);
            }
        });
    }

    @Test
    void several_buffers_are_written_one_behind_the_other() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                ByteBuffer direct = ByteBuffer.allocateDirect(8);
                direct.put(Streams.text("..three.")).position(2).limit(7);

                file.write(3, List.of(Streams.text("one"), ByteBuffer.allocate(0), Streams.text("two"), direct));
                file.write(20, List.of());

                assertThat(file.size()).isEqualTo(14);
                assertThat(load(file, 3, 11)).isEqualTo("onetwothree");
            }
            try (DiskFile file = disk.open("file", Mode.READ)) {
                assertFails(Kind.NOT_PERMITTED, () -> file.write(0, List.of(Streams.text("x"))));
                assertFails(Kind.NOT_PERMITTED, () -> file.write(0, List.of(ByteBuffer.allocate(LARGE_BYTES))));
            }
            DiskFile closed = disk.open("file", Mode.WRITE);
            closed.close();
            assertFails(Kind.CLOSED, () -> closed.write(0, List.of(Streams.text("x"))));
            assertFails(Kind.CLOSED, () -> closed.write(0, List.of(ByteBuffer.allocate(LARGE_BYTES))));
        });
    }

    @Test
    void large_and_small_writes_agree_with_an_array() throws Exception {
        for (int seed = 1; seed <= 8; seed++) {
            RandomStream random = RandomStream.of(seed, "writes");
            String path = "file" + seed;
            onDisk((disk, machine) -> {
                byte[] model = new byte[6 * LARGE_BYTES];
                int size = 0;
                try (DiskFile file = disk.open(path, Mode.CREATE)) {
                    for (int step = 0; step < 24; step++) {
                        int unit = List.of(1, 512, 4096, 65_536).get(random.nextInt(4));
                        int from = random.nextInt(4 * LARGE_BYTES) / unit * unit;
                        int most = random.nextInt(3) == 0 ? 10_000 : 2 * LARGE_BYTES;
                        byte[] written = Streams.pattern(1 + random.nextInt(most), step);
                        System.arraycopy(written, 0, model, from, written.length);
                        size = Math.max(size, from + written.length);
                        if (random.nextInt(3) == 0) {
                            file.write(from, ByteBuffer.wrap(written));
                        } else {
                            file.write(from, inPieces(written, random));
                        }
                        if (random.nextInt(4) == 0) {
                            file.sync();
                        }
                        if (random.nextInt(8) == 0) {
                            size = random.nextInt(size + 1);
                            Arrays.fill(model, size, model.length, (byte) 0);
                            file.truncate(size);
                        }
                        requireEqual(file, model, random.nextInt(size + 1), size);
                    }
                    requireEqual(file, model, 0, size);
                }
                try (DiskFile file = disk.open(path, Mode.READ)) {
                    assertThat(file.size()).isEqualTo(size);
                    requireEqual(file, model, 0, size);
                }
            });
        }
    }

    private static List<ByteBuffer> inPieces(byte[] bytes, RandomStream random) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(2) == 0 ? 1000 : 200_000));
            pieces.add(ByteBuffer.wrap(bytes, at, length));
            at += length;
        }
        return pieces;
    }

    private static void requireEqual(DiskFile file, byte[] model, int from, int to) {
        ByteBuffer target = ByteBuffer.allocate(to - from);
        assertThat(file.read(from, target)).isEqualTo(to - from);
        assertThat(Arrays.mismatch(target.array(), 0, to - from, model, from, to))
                .as("the first byte, after " + from + ", that differs")
                .isEqualTo(-1);
    }

    @Test
    void a_large_write_reaches_the_file_that_was_opened() throws Exception {
        onDisk((disk, machine) -> {
            byte[] written = Streams.pattern(LARGE_BYTES, 3);
            try (DiskFile renamed = disk.open("one", Mode.CREATE);
                    DiskFile deleted = disk.open("two", Mode.CREATE)) {
                disk.rename("one", "three");
                disk.delete("two");
                store(disk, "one", "another one");
                store(disk, "two", "another two");

                for (DiskFile file : List.of(renamed, deleted)) {
                    file.write(0, List.of(ByteBuffer.wrap(written)));
                    file.sync();
                    requireEqual(file, written, 0, LARGE_BYTES);
                }
            }
            assertThat(load(disk, "one")).isEqualTo("another one");
            assertThat(load(disk, "two")).isEqualTo("another two");
            try (DiskFile file = disk.open("three", Mode.READ)) {
                requireEqual(file, written, 0, LARGE_BYTES);
            }
        });
    }

    @Test
    void names_are_listed_sorted() throws Exception {
        onDisk((disk, machine) -> {
            for (String name : new String[] {"b", "a.c", "a-b", "_", "B", "a", "10", "9"}) {
                store(disk, name, "text");
            }
            disk.createDirectory("aa");
            store(disk, "aa/below", "text");

            assertThat(disk.list("")).containsExactly("10", "9", "B", "_", "a", "a-b", "a.c", "aa", "b");
            assertThat(disk.list("aa")).containsExactly("below");
            disk.syncDirectory("");
            disk.syncDirectory("aa");
        });
    }

    @Test
    void directories_are_made_below_what_is_there() throws Exception {
        onDisk((disk, machine) -> {
            disk.createDirectory("one");
            disk.createDirectory("one/two");
            store(disk, "file", "text");

            assertThat(disk.typeOf("one/two")).isEqualTo(Disk.Type.DIRECTORY);
            assertFails(Kind.ALREADY_EXISTS, () -> disk.createDirectory("one"));
            assertFails(Kind.ALREADY_EXISTS, () -> disk.createDirectory("file"));
            assertFails(Kind.NOT_FOUND, () -> disk.createDirectory("missing/two"));
            assertFails(Kind.WRONG_TYPE, () -> disk.createDirectory("file/two"));
            assertFails(Kind.NOT_FOUND, () -> disk.syncDirectory("missing"));
            assertFails(Kind.WRONG_TYPE, () -> disk.syncDirectory("file"));
        });
    }

    @Test
    void a_private_file_is_new_and_otherwise_like_others() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("secret", Mode.CREATE_PRIVATE)) {
                file.write(0, Streams.text("of mine"));
                file.sync();
                assertThat(load(file, 0, 7)).isEqualTo("of mine");
            }
            assertFails(Kind.ALREADY_EXISTS, () -> disk.open("secret", Mode.CREATE_PRIVATE));
            assertFails(Kind.NOT_FOUND, () -> disk.open("missing/secret", Mode.CREATE_PRIVATE));
            assertThat(load(disk, "secret")).isEqualTo("of mine");
            disk.rename("secret", "renamed");
            assertThat(load(disk, "renamed")).isEqualTo("of mine");
        });
    }

    @Test
    void rename_replaces_a_file() throws Exception {
        onDisk((disk, machine) -> {
            store(disk, "new", "new text");
            store(disk, "old", "old");
            try (DiskFile old = disk.open("old", Mode.READ)) {
                disk.rename("new", "old");

                assertThat(load(disk, "old")).isEqualTo("new text");
                assertThat(disk.typeOf("new")).isEqualTo(Disk.Type.NOTHING);
                assertThat(load(old, 0, 3))
                        .as("through the handle of what was replaced")
                        .isEqualTo("old");
            }
            assertThat(disk.list("")).containsExactly("old");
        });
    }

    @Test
    void rename_moves_between_directories_and_moves_directories() throws Exception {
        onDisk((disk, machine) -> {
            disk.createDirectory("one");
            disk.createDirectory("two");
            store(disk, "one/file", "text");
            try (DiskFile file = disk.open("one/file", Mode.WRITE)) {
                disk.rename("one/file", "two/moved");
                file.write(4, Streams.text(" more"));
            }
            disk.rename("two", "three");

            assertThat(load(disk, "three/moved")).isEqualTo("text more");
            assertThat(disk.list("")).containsExactly("one", "three");
            assertThat(disk.list("one")).isEmpty();
        });
    }

    @Test
    void rename_says_why_it_cannot() throws Exception {
        onDisk((disk, machine) -> {
            store(disk, "file", "text");
            disk.createDirectory("folder");
            store(disk, "folder/below", "text");
            disk.createDirectory("other");

            assertFails(Kind.NOT_FOUND, () -> disk.rename("missing", "anything"));
            assertFails(Kind.NOT_FOUND, () -> disk.rename("file", "missing/file"));
            assertFails(Kind.WRONG_TYPE, () -> disk.rename("file", "folder"));
            assertFails(Kind.WRONG_TYPE, () -> disk.rename("folder", "file"));
            assertFails(Kind.DIRECTORY_NOT_EMPTY, () -> disk.rename("other", "folder"));
            assertThat(load(disk, "file")).isEqualTo("text");
            assertThat(disk.list("folder")).containsExactly("below");
        });
    }

    @Test
    void delete_takes_files_and_empty_directories() throws Exception {
        onDisk((disk, machine) -> {
            disk.createDirectory("folder");
            store(disk, "folder/file", "text");

            assertFails(Kind.NOT_FOUND, () -> disk.delete("missing"));
            assertFails(Kind.NOT_FOUND, () -> disk.delete("missing/file"));
            assertFails(Kind.DIRECTORY_NOT_EMPTY, () -> disk.delete("folder"));
            disk.delete("folder/file");
            disk.delete("folder");

            assertThat(disk.list("")).isEmpty();
        });
    }

    @Test
    void an_open_handle_outlives_its_name() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                file.write(0, Streams.text("old"));
                disk.delete("file");
                assertThat(disk.typeOf("file")).isEqualTo(Disk.Type.NOTHING);
                store(disk, "file", "new");

                file.write(3, Streams.text("er"));
                file.sync();
                assertThat(load(file, 0, 5)).isEqualTo("older");
                assertThat(load(disk, "file")).isEqualTo("new");
            }
        });
    }

    @Test
    void two_handles_see_one_file() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile one = disk.open("file", Mode.CREATE);
                    DiskFile other = disk.open("file", Mode.WRITE)) {
                one.write(0, Streams.text("one"));
                other.write(3, Streams.text("two"));

                assertThat(load(one, 0, 6)).isEqualTo("onetwo");
                assertThat(other.size()).isEqualTo(6);
            }
        });
    }

    @Test
    void a_closed_handle_says_so() throws Exception {
        onDisk((disk, machine) -> {
            DiskFile file = disk.open("file", Mode.CREATE);
            file.close();
            file.close();

            assertFails(Kind.CLOSED, () -> file.read(0, ByteBuffer.allocate(1)));
            assertFails(Kind.CLOSED, () -> file.write(0, Streams.text("x")));
            assertFails(Kind.CLOSED, file::sync);
            assertFails(Kind.CLOSED, file::size);
            assertFails(Kind.CLOSED, () -> file.truncate(0));
        });
    }

    @Test
    void a_lock_has_one_holder() throws Exception {
        onDisk((disk, machine) -> {
            try (Disk.Lock held = disk.lock("lock")) {
                assertThat(held).isNotNull();
                assertFails(Kind.LOCKED, () -> disk.lock("lock"));
                assertFails(Kind.LOCKED, () -> disk.lock("lock"));
                disk.lock("another").close();
            }
            Disk.Lock again = disk.lock("lock");
            again.close();
            again.close();
            assertThat(disk.typeOf("lock")).isEqualTo(Disk.Type.FILE);
            disk.createDirectory("folder");
            assertFails(Kind.WRONG_TYPE, () -> disk.lock("folder"));
            assertFails(Kind.NOT_FOUND, () -> disk.lock("missing/lock"));
        });
    }

    @Test
    void a_path_of_another_form_is_a_mistake() throws Exception {
        onDisk((disk, machine) -> {
            for (String path :
                    new String[] {"/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a b", "ä", "a\\b", "a\0"}) {
                assertThatThrownBy(() -> disk.open(path, Mode.CREATE)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.typeOf(path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.list(path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.createDirectory(path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.rename("a", path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.rename(path, "a")).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.delete(path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.syncDirectory(path)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> disk.lock(path)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(disk.list("")).isEmpty();
        });
    }

    @Test
    void tasks_share_a_file() throws Exception {
        onDisk((disk, machine) -> {
            byte[] whole = Streams.pattern(64 * 1000, 2);
            try (DiskFile file = disk.open("shared", Mode.CREATE);
                    Scope scope = machine.tasks().open("writers")) {
                for (int i = 0; i < 64; i++) {
                    int from = i * 1000;
                    scope.start("writer", () -> {
                        file.write(from, ByteBuffer.wrap(whole, from, 1000));
                        ByteBuffer target = ByteBuffer.allocate(1000);
                        assertThat(file.read(from, target)).isEqualTo(1000);
                        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(whole, from, 1000));
                        return from;
                    });
                }
                scope.joinAll();

                ByteBuffer target = ByteBuffer.allocate(whole.length);
                assertThat(file.read(0, target)).isEqualTo(whole.length);
                assertThat(target.array()).isEqualTo(whole);
            }
        });
    }

    @Test
    void a_call_ends_although_its_task_is_interrupted() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                Thread.currentThread().interrupt();

                file.write(0, Streams.text("hello"));
                file.sync();
                String read = load(file, 0, 5);
                disk.syncDirectory("");

                assertThat(Thread.interrupted()).as("the interrupt stays set").isTrue();
                assertThat(read).isEqualTo("hello");
                assertThat(load(file, 0, 5)).isEqualTo("hello");
            }
        });
    }

    @Test
    void deadlines_around_disk_calls_close_nothing() throws Exception {
        onDisk((disk, machine) -> {
            try (DiskFile file = disk.open("file", Mode.CREATE)) {
                int exceeded = 0;
                for (int i = 0; i < 200; i++) {
                    byte number = (byte) i;
                    long position = i;
                    Throwable thrown =
                            catchThrowable(() -> machine.clock().within(Duration.ofNanos(2_000L * position + 1), () -> {
                                file.write(position, ByteBuffer.wrap(new byte[] {number}));
                                file.sync();
                                return true;
                            }));
                    if (thrown != null) {
                        assertThat(thrown).isInstanceOf(DeadlineExceeded.class).hasNoCause();
                        exceeded++;
                    }
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }

                assertThat(exceeded).isPositive();
                ByteBuffer target = ByteBuffer.allocate(300);
                assertThat(file.read(0, target)).isEqualTo(200);
                for (int i = 0; i < 200; i++) {
                    assertThat(target.get(i)).isEqualTo((byte) i);
                }
            }
        });
    }

    /** Counts the syncs of a file. */
    private record CountingSyncs(DiskFile file, AtomicInteger syncs) implements DiskFile {
        @Override
        public int read(long position, ByteBuffer target) {
            return file.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) {
            file.write(position, source);
        }

        @Override
        public void sync() {
            file.sync();
            syncs.incrementAndGet();
        }

        @Override
        public void truncate(long size) {
            file.truncate(size);
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    @Test
    void fifty_tasks_commit_as_a_group() throws Exception {
        onDisk((disk, machine) -> {
            AtomicInteger syncs = new AtomicInteger();
            try (DiskFile file = new CountingSyncs(disk.open("journal", Mode.CREATE), syncs);
                    Scope scope = machine.tasks().open("writers")) {
                GroupCommit commit = new GroupCommit(file);
                for (int i = 0; i < 50; i++) {
                    byte number = (byte) i;
                    long position = i;
                    scope.start("writer", () -> {
                        file.write(position, ByteBuffer.wrap(new byte[] {number}));
                        int before = syncs.get();
                        commit.commit();
                        assertThat(syncs.get()).as("a sync since the write").isGreaterThan(before);
                        return number;
                    });
                }
                scope.joinAll();

                assertThat(syncs.get()).isBetween(1, 50);
                ByteBuffer target = ByteBuffer.allocate(50);
                assertThat(file.read(0, target)).isEqualTo(50);
                for (int i = 0; i < 50; i++) {
                    assertThat(target.get(i)).isEqualTo((byte) i);
                }
            }
        });
    }

    @Test
    void who_is_stopped_when_it_is_his_turn_to_sync_leaves_that_to_the_next() throws Exception {
        onDisk((_, machine) -> {
            AtomicInteger syncs = new AtomicInteger();
            GroupCommit commit = new GroupCommit(() -> {
                if (syncs.incrementAndGet() == 1) {
                    try {
                        machine.clock().sleep(Duration.ofMillis(50)); // the others come meanwhile
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody stops the first", e);
                    }
                }
            });
            AtomicReference<Task<Boolean>> next = new AtomicReference<>();
            try (Scope scope = machine.tasks().open("writers")) {
                Task<Boolean> first = scope.start("first", () -> {
                    commit.commit();
                    next.get().cancel(); // who has been woken to sync, and has not run yet
                    return true;
                });
                next.set(scope.start("next", () -> {
                    commit.commit();
                    return true;
                }));
                Task<Boolean> last = scope.start("last", () -> {
                    commit.commit();
                    return true;
                });

                assertThat(first.join()).isTrue();
                assertThat(last.join()).isTrue();
                commit.commit();
            }
            assertThat(syncs).hasValueBetween(2, 4);
        });
    }
}
