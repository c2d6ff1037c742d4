package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Scope;
import net.pangea.machine.Streams;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer whose addresses only the one who asks knows. */
class HostRoadsTest {
    private static final Endpoint FREE = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);

    @TempDir
    private Path folder;

    @Test
    void a_peer_is_dialed_over_what_it_listens_with() throws Exception {
        HostSettings none = HostSettings.of(List.of());
        reaches(HostSettings.of(List.of(FREE)));
        reaches(none.withQuic(List.of(FREE)));
        reaches(HostSettings.of(List.of(FREE)).withQuic(List.of(FREE)));
    }

    private void reaches(HostSettings listening) throws Exception {
        new SystemFixture(folder).on(machine -> {
            try (Scope tasks = machine.tasks().open("hosts");
                    Host here = Host.start(Identities.of(1), HostSettings.of(List.of()), machine, tasks);
                    Host there = Host.start(Identities.of(2), listening, machine, tasks)) {
                there.serve(PeerLinks.PROTOCOL, Streams::echo);
                Peer peer = new Peer(there.id(), there.addresses(), Optional.empty());

                byte[] sent = "over there".getBytes(StandardCharsets.US_ASCII);
                try (Connection stream = new HostRoads(here).to(peer)) {
                    assertThat(Streams.echoed(machine, stream, sent)).isEqualTo(sent);
                }
            }
        });
    }
}
