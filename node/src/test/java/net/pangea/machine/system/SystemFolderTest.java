package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFailure.Kind;
import net.pangea.machine.DiskFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real folder: who may read it, what else is in it, other processes, and a device that is full. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemFolderTest {

    @TempDir
    private Path folder;

    private static Kind kindOf(ThrowingCallable call) {
        DiskFailure failure = catchThrowableOfType(DiskFailure.class, call);
        assertThat(failure).isNotNull();
        return failure.kind();
    }

    @Test
    void only_the_owner_may_read_what_it_makes() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path root = folder.resolve("deep/disk");
        try (SystemDisk disk = SystemDisk.open("test", root)) {
            disk.createDirectory("folder");
            disk.open("folder/file", Disk.Mode.CREATE).close();
            disk.lock("lock").close();
            disk.open("secret", Disk.Mode.CREATE_PRIVATE).close();

            assertThat(permissions(root.resolve("secret"))).isEqualTo("rw-------");
            assertThat(permissions(root)).isEqualTo("rwx------");
            assertThat(permissions(root.resolve("folder"))).isEqualTo("rwx------");
            assertThat(permissions(root.resolve("folder/file"))).isEqualTo("rw-------");
            assertThat(permissions(root.resolve("lock"))).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void what_is_stored_is_there_after_a_restart() {
        try (SystemDisk disk = SystemDisk.open("test", folder)) {
            DiskFile file = disk.open("file", Disk.Mode.CREATE);
            file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        try (SystemDisk disk = SystemDisk.open("test", folder);
                DiskFile file = disk.open("file", Disk.Mode.READ)) {
            assertThat(file.size()).isEqualTo(3);
        }
    }

    @Test
    void names_of_other_programs_are_not_listed() throws IOException {
        Path _ = Files.createDirectory(folder.resolve("lost+found"));
        Path _ = Files.writeString(folder.resolve("two words"), "", StandardCharsets.UTF_8);
        try (SystemDisk disk = SystemDisk.open("test", folder)) {
            disk.createDirectory("mine");

            assertThat(disk.list("")).containsExactly("mine");
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_said_by_name() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SystemDisk.open("test", file))
                .isInstanceOf(DiskFailure.class)
                .hasMessage("open folder " + file + ": wrong type");
        assertThat(kindOf(() -> SystemDisk.open("test", file.resolve("below")))).isEqualTo(Kind.WRONG_TYPE);
    }

    @Test
    void an_unwritable_folder_is_said_by_name() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assertThat(locked.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(locked), "this user may write everywhere");

        assertThatThrownBy(() -> SystemDisk.open("test", locked))
                .isInstanceOf(DiskFailure.class)
                .hasMessage("write in folder " + locked + ": not permitted");
        assertThat(kindOf(() -> SystemDisk.open("test", locked.resolve("below"))))
                .isEqualTo(Kind.NOT_PERMITTED);
    }

    @Test
    void a_full_device_has_no_space_and_a_failed_sync_is_an_error() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        try (IoThreads threads = new IoThreads("test");
                FileChannel channel = FileChannel.open(full, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            DiskFile file = new SystemDiskFile(threads, channel, "/dev/full", true, new Gathering(), closing -> {});

            assertThat(kindOf(() -> file.write(0, ByteBuffer.allocate(1)))).isEqualTo(Kind.NO_SPACE);
            List<ByteBuffer> large = List.of(ByteBuffer.allocate(2 * Gathering.BYTES_MIN));
            assertThat(kindOf(() -> file.write(0, large))).isEqualTo(Kind.NO_SPACE);
            assertThat(kindOf(file::sync)).isEqualTo(Kind.IO_ERROR); // this device cannot
        }
    }

    @Test
    void another_process_respects_a_lock_and_loses_its_own_when_killed() throws Exception {
        try (SystemDisk disk = SystemDisk.open("test", folder)) {
            Process other = startLockHolder();
            try (var answers = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(answers.readLine()).isEqualTo("held");

                assertThat(kindOf(() -> disk.lock("lock"))).isEqualTo(Kind.LOCKED);

                Process killed = other.destroyForcibly();
                int _ = killed.waitFor();
                disk.lock("lock").close();
            } finally {
                Process _ = other.destroyForcibly();
            }
        }
    }

    @Test
    void a_refused_attempt_does_not_end_the_lock_that_this_process_holds() throws Exception {
        try (SystemDisk disk = SystemDisk.open("test", folder);
                SystemDisk sameFolder = SystemDisk.open("same", folder)) {
            Disk.Lock held = disk.lock("lock");
            assertThat(kindOf(() -> disk.lock("lock"))).isEqualTo(Kind.LOCKED);
            assertThat(kindOf(() -> sameFolder.lock("lock"))).isEqualTo(Kind.LOCKED);

            Process other = startLockHolder();
            try (var answers = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(answers.readLine()).isEqualTo("LOCKED");
            } finally {
                Process _ = other.destroyForcibly();
            }
            held.close();
        }
    }

    private Process startLockHolder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
