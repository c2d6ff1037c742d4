package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.Scope;
import net.pangea.mdns.Mdns;
import net.pangea.mdns.MdnsContract;
import net.pangea.mdns.MdnsSettings;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import org.junit.jupiter.api.Test;

/** {@link MdnsContract} in virtual time, and what only happens there. */
final class SimulatedMdnsTest extends MdnsContract {
    private static final LinkProfile LINK = LinkProfile.ideal(Sampler.constant(1_000_000));

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }

    @Override
    protected Security security() {
        return Security.PLAINTEXT;
    }

    private static Multiaddr addressOf(Host host) {
        return Multiaddr.tcp(new Endpoint(host.spec().address(), 4001));
    }

    private static PeerId peer(int number) {
        return Identities.of(number).peerId();
    }

    /** Looks for peers until the machine ends. */
    private static Mdns look(Stage stage, Host host, int number) throws Exception {
        Machine machine = host.start();
        return stage.begin(host, "look", () -> {
                    Scope scope = machine.tasks().open("mdns"); // ends with the machine
                    return Mdns.start(
                            peer(number),
                            () -> List.of(addressOf(host)),
                            (_, _) -> {},
                            MdnsSettings.DEFAULT,
                            machine,
                            scope);
                })
                .await();
    }

    private static Map<PeerId, List<Multiaddr>> peers(Stage stage, Host host, Mdns mdns) throws Exception {
        return stage.begin(host, "peers", mdns::peers).await();
    }

    @Test
    void a_region_is_one_local_network() throws Exception {
        Stage.play(stage -> {
            stage.world().fabric().setRegions(new long[][] {{0, 0}, {0, 0}});
            HostSpec here = HostSpec.plain("here", IpAddress.of(10, 1, 0, 1), LINK);
            Host near = stage.world().add(HostSpec.plain("near", IpAddress.of(10, 1, 0, 2), LINK));
            Host far = stage.world()
                    .add(new HostSpec(
                            "far",
                            IpAddress.of(10, 2, 0, 1),
                            LINK,
                            1,
                            here.disk(),
                            here.capabilities(),
                            here.clockOffsetNanos(),
                            here.clockDriftPerBillion()));
            Host me = stage.world().add(here);
            Mdns mine = look(stage, me, 1);
            Mdns _ = look(stage, near, 2);
            Mdns theirs = look(stage, far, 3);

            stage.sleep(Duration.ofMinutes(5));

            assertThat(peers(stage, me, mine)).isEqualTo(Map.of(peer(2), List.of(addressOf(near))));
            assertThat(peers(stage, far, theirs)).isEmpty();
        });
    }

    @Test
    void where_a_third_of_all_packets_is_lost_peers_are_found_and_stay_found() throws Exception {
        Stage.play(stage -> {
            Host me = stage.add("me", LINK);
            Host other = stage.add("other", LINK);
            me.nic().lossy(333_333);
            Mdns mine = look(stage, me, 1);
            Mdns theirs = look(stage, other, 2);

            for (int minutes = 2; minutes < 10; minutes++) {
                stage.sleep(Duration.ofMinutes(1));
                assertThat(peers(stage, me, mine)).containsOnlyKeys(peer(2));
                assertThat(peers(stage, other, theirs)).containsOnlyKeys(peer(1));
            }
        });
    }

    @Test
    void who_has_crashed_is_forgotten_after_two_minutes_and_found_again_at_once() throws Exception {
        Stage.play(stage -> {
            Host me = stage.add("me");
            Host other = stage.add("other");
            Mdns mine = look(stage, me, 1);
            Mdns _ = look(stage, other, 2);
            stage.sleep(Duration.ofMinutes(10));
            assertThat(peers(stage, me, mine)).containsOnlyKeys(peer(2));

            other.crash(true);
            stage.sleep(Duration.ofSeconds(90));
            assertThat(peers(stage, me, mine)).containsOnlyKeys(peer(2));
            stage.sleep(Duration.ofSeconds(35));
            assertThat(peers(stage, me, mine)).isEmpty();

            Mdns _ = look(stage, other, 2);
            stage.sleep(Duration.ofMillis(100));
            assertThat(peers(stage, me, mine)).containsOnlyKeys(peer(2));
        });
    }

    @Test
    void fifty_peers_that_start_together_are_all_found_by_a_latecomer_within_ten_seconds() throws Exception {
        Stage.play(stage -> {
            for (int i = 0; i < 50; i++) {
                Host host = stage.add("peer" + i);
                Mdns _ = look(stage, host, i);
            }
            Host late = stage.add("late");
            Mdns mdns = look(stage, late, 50);

            stage.sleep(Duration.ofSeconds(10));

            assertThat(peers(stage, late, mdns)).hasSize(50);
        });
    }
}
