package net.pangea.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Nic;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    private static final Endpoint SOURCE = Endpoint.parse("10.0.0.9:1").orElseThrow();

    @TempDir
    private Path folder;

    private static Nic host() {
        World world = new World(new Simulation(1, Policy.FIFO, Limits.of(Duration.ofHours(1)), null));
        return world.add(HostSpec.plain("node/0", IpAddress.of(10, 0, 0, 1), LinkProfile.ideal(Sampler.NONE)))
                .nic();
    }

    @Test
    void what_was_seen_is_in_the_file_also_when_the_run_breaks() throws IOException {
        Path file = folder.resolve("a.pcapng");
        Nic host = host();

        assertThatThrownBy(() -> {
                    try (CaptureFile capture = CaptureFile.create(file.toString(), "", Instant.EPOCH)) {
                        capture.tap().attached(host);
                        capture.tap().datagram(1, SOURCE, host, 2, new byte[400]);
                        throw new IllegalStateException("broken");
                    }
                })
                .hasMessage("broken");

        assertThat(Files.size(file)).isGreaterThan(400);
    }

    @Test
    void it_replaces_what_was_there_once_it_is_whole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pcapng"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        try (CaptureFile _ = CaptureFile.create(link.toString(), "", Instant.EPOCH)) {
            assertThat(file).hasContent("old");
        }

        assertThat(Files.size(file)).isGreaterThan(3);
        assertThat(link).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_failure_leaves_what_was_there_and_nothing_else() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full here");
        Path file = Files.writeString(folder.resolve("a.pcapng"), "old");
        Path part = Files.createSymbolicLink(folder.resolve("a.pcapng.part"), full);

        CaptureFile capture = CaptureFile.create(file.toString(), "", Instant.EPOCH);

        assertThatThrownBy(capture::close).isInstanceOf(IOException.class).hasMessageContaining("space");
        assertThat(file).hasContent("old");
        assertThat(part).doesNotExist();
    }

    @Test
    void a_file_that_cannot_be_made_is_said_at_once() {
        assertThatThrownBy(
                        () -> CaptureFile.create(folder.resolve("no/a.pcapng").toString(), "", Instant.EPOCH))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_full_disk_does_not_disturb_the_run_and_is_said_at_its_end() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full here");
        Nic host = host();
        CaptureFile capture = CaptureFile.create(full.toString(), "", Instant.EPOCH);

        capture.tap().attached(host);
        for (int i = 0; i < 100; i++) {
            capture.tap().datagram(1, SOURCE, host, 2, new byte[60_000]);
        }

        assertThatThrownBy(capture::close).isInstanceOf(IOException.class).hasMessageContaining("space");
    }
}
