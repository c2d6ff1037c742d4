package net.pangea.sim.world;

import java.time.Duration;
import net.pangea.libp2p.HostContract;
import net.pangea.libp2p.QuicWire;
import net.pangea.libp2p.Wire;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.sim.engine.Policy;

/** {@link HostContract} in virtual time, with QUIC. */
final class SimulatedQuicHostTest extends HostContract {
    private final SimulatedFixture fixture = new SimulatedFixture(1, Policy.RANDOM);

    @Override
    protected MachineFixture fixture() {
        return fixture;
    }

    @Override
    protected Wire wire() {
        return new ModelledQuicWire(fixture);
    }

    /** QUIC of the simulated network. */
    private static final class ModelledQuicWire extends QuicWire {
        private static final Duration LATER_THAN_ALL_THAT_IS_UNDER_WAY = Duration.ofSeconds(1);

        private final SimulatedFixture fixture;

        ModelledQuicWire(SimulatedFixture fixture) {
            this.fixture = fixture;
        }

        /** What those who dial are told gets lost, and then what they say too. */
        @Override
        public HalfOpen halfOpen(Machine machine, Endpoint port, int count) {
            fixture.cutBack();
            QuicSocket dialer =
                    stranger(machine, new Endpoint(machine.network().addresses().getFirst(), 0));
            Scope tasks = machine.tasks().open("half open");
            for (int i = 0; i < count; i++) {
                Task<Boolean> _ = tasks.start("dial", () -> dial(dialer, port));
            }
            return new HalfOpen() {
                @Override
                public boolean areTurnedAway(long refusals) {
                    return 10 * refusals >= 9L * count;
                }

                @Override
                public void fallSilent() throws InterruptedException {
                    fixture.cutThere();
                    dialer.close();
                    machine.clock().sleep(LATER_THAN_ALL_THAT_IS_UNDER_WAY);
                    fixture.heal();
                }

                @Override
                public void close() {
                    dialer.close();
                    tasks.close();
                    fixture.heal();
                }
            };
        }

        private static boolean dial(QuicSocket from, Endpoint to) throws InterruptedException {
            try (var _ = from.dial(to)) {
                return true;
            } catch (NetworkFailure e) {
                return false; // nobody ever answers
            }
        }
    }
}
