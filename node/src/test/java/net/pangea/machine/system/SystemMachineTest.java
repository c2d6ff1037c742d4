package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.pangea.machine.Connection;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.NetworkFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a machine of this computer does beside the contracts: its life, and what it leaves behind. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemMachineTest {
    private static final Endpoint ANY = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);

    @TempDir
    private Path folder;

    private SystemMachine start() {
        return SystemMachine.start("test", folder.resolve("disk"), event -> {});
    }

    private static final class Checked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private record Happened(int version) implements Event {
        @Override
        public String name() {
            return "happened";
        }

        @Override
        public void write(Fields fields) {
            fields.number("nothing", 0);
        }
    }

    @Test
    void run_returns_or_throws_what_its_body_did() throws Exception {
        try (SystemMachine machine = start()) {
            Checked checked = new Checked();

            assertThat(machine.run("adds", () -> 1 + 1)).isEqualTo(2);
            assertThat(catchThrowable(() -> machine.run("throws", () -> {
                        throw checked;
                    })))
                    .isSameAs(checked);
            assertThat(machine.run("names", () -> Thread.currentThread().getName()))
                    .isEqualTo("test/names");
            assertThat(machine.run("runs", () -> Thread.currentThread().isVirtual()))
                    .isTrue();
        }
    }

    @Test
    void leaving_cancels_what_runs_and_waits_for_its_finally() throws Exception {
        SystemMachine machine = start();
        Semaphore running = new Semaphore(0);
        AtomicBoolean cleanedUp = new AtomicBoolean();
        Thread owner = Thread.ofVirtual()
                .unstarted(() -> assertThat(catchThrowable(() -> machine.run("main", () -> {
                            running.release();
                            try {
                                machine.clock().sleep(Duration.ofHours(1));
                                return "slept";
                            } finally {
                                machine.clock().sleep(Duration.ofMillis(20));
                                cleanedUp.set(true);
                            }
                        })))
                        .isInstanceOf(InterruptedException.class));
        owner.start();
        running.acquire();

        machine.close();
        machine.close();

        assertThat(cleanedUp).isTrue();
        owner.join();
        assertThatThrownBy(() -> machine.run("late", () -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupted_owner_cancels_its_task() throws Exception {
        try (SystemMachine machine = start()) {
            AtomicBoolean cancelled = new AtomicBoolean();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> machine.run("main", () -> {
                        try {
                            machine.clock().sleep(Duration.ofHours(1));
                            return "slept";
                        } finally {
                            cancelled.set(true);
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);

            machine.leave();
            assertThat(cancelled).isTrue();
        }
    }

    @Test
    void nothing_obtained_from_a_machine_works_after_its_close() throws Exception {
        SystemMachine machine = start();
        DiskFile file = machine.disk().open("file", Disk.Mode.CREATE);
        Disk.Lock lock = machine.disk().lock("lock");
        Listener listener = machine.network().listen(ANY);
        Connection connection = machine.run("connect", () -> machine.network().connect(listener.local()));
        Endpoint port = listener.local();

        machine.close();

        assertKind(DiskFailure.Kind.CLOSED, () -> file.write(0, ByteBuffer.allocate(1)));
        assertKind(DiskFailure.Kind.CLOSED, () -> machine.disk().open("file", Disk.Mode.READ));
        assertKind(NetworkFailure.Kind.CLOSED, () -> connection.write(ByteBuffer.allocate(1)));
        assertKind(NetworkFailure.Kind.CLOSED, listener::accept);
        assertKind(NetworkFailure.Kind.CLOSED, () -> machine.network().listen(ANY));
        assertKind(NetworkFailure.Kind.CLOSED, () -> machine.network().connect(port));
        file.close();
        lock.close();
        listener.close();
        connection.close();
        try (SystemMachine next = start();
                Disk.Lock again = next.disk().lock("lock");
                Listener samePort = next.network().listen(port)) {
            assertThat(samePort.local()).isEqualTo(port);
            assertThat(again).isNotNull();
        }
    }

    @Test
    void a_port_in_use_is_said_by_name() throws Exception {
        try (SystemMachine one = start();
                SystemMachine other = SystemMachine.start("other", folder.resolve("other"), event -> {});
                Listener listener = one.network().listen(ANY)) {
            assertThatThrownBy(() -> other.network().listen(listener.local()))
                    .isInstanceOf(NetworkFailure.class)
                    .hasMessage("listen at " + listener.local() + ": address in use");
        }
    }

    @Test
    void an_answer_reaches_a_peer_that_is_still_sending_when_the_connection_is_closed() throws Exception {
        try (SystemMachine machine = start();
                Listener listener = machine.network().listen(ANY)) {
            String answer = machine.run("upload", () -> {
                Connection near = machine.network().connect(listener.local());
                try (Connection far = listener.accept()) {
                    far.write(ByteBuffer.wrap("too large".getBytes(StandardCharsets.UTF_8)));
                }
                try (near) {
                    near.write(ByteBuffer.allocate(8 << 20)); // more than fits: somebody takes it off the line
                    ByteBuffer target = ByteBuffer.allocate(9);
                    while (target.hasRemaining()) {
                        assertThat(near.read(target)).isPositive();
                    }
                    return new String(target.array(), StandardCharsets.UTF_8);
                }
            });
            assertThat(answer).isEqualTo("too large");
        }
    }

    @Test
    void events_reach_the_observer_and_no_fault_point_fires() {
        List<Event> seen = new ArrayList<>();
        try (SystemMachine machine = SystemMachine.start("test", folder, seen::add)) {
            machine.events().emit(new Happened(1));

            assertThat(seen).containsExactly(new Happened(1));
            assertThat(Stream.of("a", "b", "c").anyMatch(machine.faults()::fires))
                    .isFalse();
            assertThat(machine.capabilities().cores())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }

    @Test
    void two_incarnations_draw_differently() {
        long first;
        try (SystemMachine machine = start()) {
            first = machine.random("repair").nextLong();
        }
        try (SystemMachine machine = start()) {
            assertThat(machine.random("repair").nextLong()).isNotEqualTo(first);
        }
    }

    @Test
    void deadlines_that_were_not_needed_leave_the_timer() throws Exception {
        try (SystemClock clock = new SystemClock("test")) {
            for (int i = 0; i < 10_000; i++) {
                boolean _ = clock.within(Duration.ofHours(1), () -> true);
            }

            assertThat(clock.pendingCount()).isZero();
        }
    }

    @Test
    void a_machine_gives_its_sockets_and_threads_back() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        try (SystemMachine warm = start()) {
            connectMany(warm, 3);
        }
        long before = count(descriptors);

        try (SystemMachine machine = start()) {
            connectMany(machine, 300);
        }

        assertThat(count(descriptors)).isLessThanOrEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("test-network"))
                .isEmpty();
    }

    private static void connectMany(SystemMachine machine, int count) throws InterruptedException {
        boolean _ = machine.run("connect", () -> {
            try (Listener listener = machine.network().listen(ANY)) {
                for (int i = 0; i < count; i++) {
                    Connection near = machine.network().connect(listener.local());
                    Connection far = listener.accept();
                    near.write(ByteBuffer.allocate(100));
                    switch (i % 3) {
                        case 0 -> far.close();
                        case 1 -> far.reset();
                        default -> near.close(); // the far end is left to the machine's close
                    }
                    if (i % 2 == 0) {
                        near.close();
                    }
                }
            }
            return true;
        });
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static void assertKind(Enum<?> kind, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        Enum<?> found = switch (thrown) {
            case DiskFailure failure -> failure.kind();
            case NetworkFailure failure -> failure.kind();
            case null, default -> throw new AssertionError("no failure of the seam", thrown);
        };
        assertThat(found).isSameAs(kind);
    }
}
