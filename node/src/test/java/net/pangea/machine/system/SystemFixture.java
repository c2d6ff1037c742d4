package net.pangea.machine.system;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkFailure;

/** Makes machines of this computer: folders below a temporary one, the loopback device, real time. */
public final class SystemFixture implements MachineFixture {
    private static final IpAddress LOOPBACK = IpAddress.of(127, 0, 0, 1);

    private final Path folder;

    public SystemFixture(Path folder) {
        this.folder = folder;
    }

    private SystemMachine start(String name) {
        return SystemMachine.start(name, folder.resolve(name), event -> {});
    }

    @Override
    public void on(OneMachine test) throws Exception {
        try (SystemMachine machine = start("a")) {
            boolean _ = machine.run("test", () -> {
                test.run(machine);
                return true;
            });
        }
    }

    @Override
    public void onTwo(TwoMachines test) throws Exception {
        try (SystemMachine a = start("a");
                SystemMachine b = start("b")) {
            boolean _ = a.run("test", () -> {
                test.run(a, b);
                return true;
            });
        }
    }

    @Override
    public IpAddress addressOf(Machine machine) {
        return LOOPBACK;
    }

    /** Containers, and systems without a route for groups, carry none. */
    @Override
    public Optional<String> withoutGroups(Machine machine) throws InterruptedException {
        Endpoint group = new Endpoint(IpAddress.of(239, 255, 70, 71), 17_071);
        try (DatagramSocket socket = machine.network().join(group, LOOPBACK)) {
            socket.send(group, ByteBuffer.wrap(new byte[] {1}));
            Endpoint _ = machine.clock().within(Duration.ofSeconds(1), () -> socket.receive(ByteBuffer.allocate(1)));
            return Optional.empty();
        } catch (NetworkFailure | DeadlineExceeded e) {
            return Optional.of("no multicast over loopback here: " + e.getMessage());
        }
    }

    @Override
    public Optional<IpAddress> v6AddressOf(Machine machine) {
        IpAddress loopback = IpAddress.parse("::1").orElseThrow();
        return Optional.of(loopback).filter(machine.network().addresses()::contains);
    }
}
