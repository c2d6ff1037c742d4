package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostLimits;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Which connections a host closes that has more than it keeps. */
class SimulatedSurplusTest {
    private static final int KEPT = 3;
    private static final int OTHERS = 12;
    private static final int PORT = 4001;
    private static final String PING = "/ipfs/ping/1.0.0";

    /** A host and the machine whose tasks may use it. */
    private record Peer(net.pangea.sim.world.Host machine, Host host, Multiaddr address) {
        PeerId id() {
            return host.id();
        }
    }

    private static Peer start(Stage stage, int number, HostLimits limits) throws Exception {
        net.pangea.sim.world.Host host = stage.add("n" + number);
        Machine machine = host.start();
        IdentityKey identity = Identities.of(number);
        Endpoint endpoint = new Endpoint(host.spec().address(), PORT);
        Host peer = stage.begin(host, "listen", () -> {
                    Scope scope = machine.tasks().open("host"); // ends with the machine
                    HostSettings settings = HostSettings.of(List.of(endpoint))
                            .secured(Security.PLAINTEXT)
                            .within(limits);
                    return Host.start(identity, settings, machine, scope);
                })
                .await();
        return new Peer(host, peer, Multiaddr.tcp(endpoint).withPeer(identity.peerId()));
    }

    private static List<Peer> others(Stage stage) throws Exception {
        List<Peer> others = new ArrayList<>();
        for (int i = 1; i <= OTHERS; i++) {
            others.add(start(stage, i, HostLimits.DEFAULT));
        }
        return others;
    }

    /** {@return a stream that stays open} */
    private static Stream reach(Stage stage, Peer hub, Peer other) throws Exception {
        return stage.begin(hub.machine(), "reach " + other.id(), () -> {
                    PeerId peer = hub.host().connect(other.address());
                    return hub.host().open(peer, List.of(PING));
                })
                .await();
    }

    private static void visit(Stage stage, Peer hub, Peer other) throws Exception {
        Stream stream = reach(stage, hub, other);
        boolean _ = stage.begin(hub.machine(), "leave", () -> {
                    stream.close();
                    return true;
                })
                .await();
    }

    private static List<PeerId> connected(Stage stage, Peer hub) throws Exception {
        return stage.begin(hub.machine(), "look", hub.host()::peers).await();
    }

    @Example
    void twice_as_many_as_are_kept_are_open_while_one_after_the_other_is_visited() throws Exception {
        Stage.play(stage -> {
            Peer hub = start(stage, 0, HostLimits.DEFAULT.keeping(KEPT));
            List<Peer> others = others(stage);
            Peer busy = others.getFirst();
            Stream _ = reach(stage, hub, busy);
            int most = 0;

            for (Peer other : others.subList(1, OTHERS)) {
                stage.sleep(Duration.ofSeconds(4));
                visit(stage, hub, other);
                most = Math.max(most, connected(stage, hub).size());
            }

            assertThat(most).isEqualTo(2 * KEPT);
            assertThat(connected(stage, hub))
                    .contains(busy.id(), others.getLast().id())
                    .doesNotContain(others.get(1).id());
        });
    }

    @Example
    void more_are_open_while_all_of_them_were_used_lately_and_only_those_kept_in_the_end() throws Exception {
        Stage.play(stage -> {
            Peer hub = start(stage, 0, HostLimits.DEFAULT.keeping(KEPT));
            List<Peer> others = others(stage);

            for (Peer other : others) {
                visit(stage, hub, other);
            }
            int atOnce = connected(stage, hub).size();
            stage.sleep(HostLimits.DEFAULT.beat().multipliedBy(3).dividedBy(2));
            int soon = connected(stage, hub).size();
            stage.sleep(Duration.ofMinutes(2));

            assertThat(atOnce).isEqualTo(OTHERS);
            assertThat(soon).isEqualTo(2 * KEPT);
            assertThat(connected(stage, hub)).hasSize(KEPT);
        });
    }
}
