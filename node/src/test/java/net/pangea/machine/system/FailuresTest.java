package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;
import org.junit.jupiter.api.Test;

/** How the platform's exceptions become ours, those too that a test cannot provoke. */
final class FailuresTest {
    private static final Endpoint LOCAL = new Endpoint(IpAddress.of(127, 0, 0, 1), 80);
    private static final Endpoint FOREIGN = new Endpoint(IpAddress.of(192, 0, 2, 1), 80);
    private static final Endpoint SIX =
            new Endpoint(IpAddress.parse("2001:db8::1").orElseThrow(), 80);

    private static DiskFailure.Kind disk(IOException e) {
        DiskFailure failure = DiskFailures.of("write", "a/b", e);
        assertThat(failure).hasMessageStartingWith("write a/b").hasCause(e);
        return failure.kind();
    }

    private static DiskFailure.Kind disk(String reason) {
        return disk(new FileSystemException("a/b", null, reason));
    }

    private static NetworkFailure.Kind connecting(Endpoint remote, IOException e) {
        return NetworkFailures.connecting(remote, e).kind();
    }

    private static NetworkFailure.Kind binding(Endpoint local, IOException e) {
        return NetworkFailures.binding("listen", local, e).kind();
    }

    @Test
    void disk_failures_have_a_kind() {
        assertThat(disk(new NoSuchFileException("a"))).isEqualTo(DiskFailure.Kind.NOT_FOUND);
        assertThat(disk(new FileAlreadyExistsException("a"))).isEqualTo(DiskFailure.Kind.ALREADY_EXISTS);
        assertThat(disk(new DirectoryNotEmptyException("a"))).isEqualTo(DiskFailure.Kind.DIRECTORY_NOT_EMPTY);
        assertThat(disk(new NotDirectoryException("a"))).isEqualTo(DiskFailure.Kind.WRONG_TYPE);
        assertThat(disk(new AccessDeniedException("a"))).isEqualTo(DiskFailure.Kind.NOT_PERMITTED);
        assertThat(disk(new ClosedChannelException())).isEqualTo(DiskFailure.Kind.CLOSED);
        assertThat(disk(new IOException("No space left on device"))).isEqualTo(DiskFailure.Kind.NO_SPACE);
        assertThat(disk("Disk quota exceeded")).isEqualTo(DiskFailure.Kind.NO_SPACE);
        assertThat(disk("Is a directory")).isEqualTo(DiskFailure.Kind.WRONG_TYPE);
        assertThat(disk("Read-only file system")).isEqualTo(DiskFailure.Kind.NOT_PERMITTED);
        assertThat(disk("Operation not permitted")).isEqualTo(DiskFailure.Kind.NOT_PERMITTED);
        assertThat(disk("Input/output error")).isEqualTo(DiskFailure.Kind.IO_ERROR);
        assertThat(disk(new IOException())).isEqualTo(DiskFailure.Kind.IO_ERROR);
    }

    @Test
    void a_connect_fails_in_its_own_ways() {
        assertThat(connecting(FOREIGN, new ConnectException("Connection refused")))
                .isEqualTo(NetworkFailure.Kind.REFUSED);
        assertThat(connecting(FOREIGN, new ConnectException("Connection timed out")))
                .isEqualTo(NetworkFailure.Kind.TIMED_OUT);
        assertThat(connecting(FOREIGN, new NoRouteToHostException("No route to host")))
                .isEqualTo(NetworkFailure.Kind.UNREACHABLE);
        assertThat(connecting(FOREIGN, new SocketException("Network is unreachable")))
                .isEqualTo(NetworkFailure.Kind.UNREACHABLE);
        assertThat(connecting(FOREIGN, new BindException("Cannot assign requested address")))
                .isEqualTo(NetworkFailure.Kind.EXHAUSTED);
        assertThat(connecting(SIX, new BindException("Cannot assign requested address")))
                .isEqualTo(NetworkFailure.Kind.UNREACHABLE);
        assertThat(connecting(FOREIGN, new ClosedChannelException())).isEqualTo(NetworkFailure.Kind.CLOSED);
        assertThat(NetworkFailures.opening("connect", new SocketException("Too many open files"))
                        .kind())
                .isEqualTo(NetworkFailure.Kind.EXHAUSTED);
    }

    @Test
    void a_bind_fails_in_its_own_ways() {
        assertThat(binding(LOCAL, new BindException("Address already in use")))
                .isEqualTo(NetworkFailure.Kind.ADDRESS_IN_USE);
        assertThat(binding(LOCAL, new BindException("Permission denied")))
                .isEqualTo(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE);
        assertThat(binding(FOREIGN, new BindException("Cannot assign requested address")))
                .isEqualTo(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE);
        assertThat(binding(LOCAL, new SocketException("Protocol family unavailable")))
                .isEqualTo(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE);
    }

    @Test
    void a_stream_breaks_by_reset_or_silence() {
        for (String text : List.of("Connection reset by peer", "Broken pipe", "Connection reset", "No route to host")) {
            assertThat(NetworkFailures.streaming("read", new IOException(text)).kind())
                    .isEqualTo(NetworkFailure.Kind.RESET);
        }
        assertThat(NetworkFailures.streaming("read", new SocketException("Connection timed out"))
                        .kind())
                .isEqualTo(NetworkFailure.Kind.TIMED_OUT);
    }

    @Test
    void the_widest_useful_vectors_are_named() {
        assertThat(HostCapabilities.x86VectorBits(List.of("sse2"))).isEqualTo(128);
        assertThat(HostCapabilities.x86VectorBits(List.of("sse2", "avx", "avx2")))
                .isEqualTo(256);
        assertThat(HostCapabilities.x86VectorBits(List.of("avx2", "avx512f"))).isEqualTo(256);
        assertThat(HostCapabilities.x86VectorBits(List.of("avx2", "avx512f", "avx512bw")))
                .isEqualTo(512);
    }

    @Test
    void aes_is_there_where_gcm_s_multiplication_is_too() {
        assertThat(HostCapabilities.aes("amd64", List.of("sse2", "aes", "pclmulqdq")))
                .isTrue();
        assertThat(HostCapabilities.aes("amd64", List.of("sse2", "aes"))).isFalse();
        assertThat(HostCapabilities.aes("aarch64", List.of("asimd", "aes", "pmull")))
                .isTrue();
        assertThat(HostCapabilities.aes("aarch64", List.of("asimd"))).isFalse();
        assertThat(HostCapabilities.aes("riscv64", List.of("aes", "pmull"))).isFalse();
    }

    @Test
    void a_jvm_without_the_optimizing_compiler_has_no_useful_vectors() {
        assertThat(HostCapabilities.isOptimizing("mixed mode, sharing")).isTrue();
        assertThat(HostCapabilities.isOptimizing("compiled mode")).isTrue();
        assertThat(HostCapabilities.isOptimizing("mixed mode, emulated-client, sharing"))
                .isFalse();
        assertThat(HostCapabilities.isOptimizing("interpreted mode, sharing")).isFalse();
    }
}
