package net.pangea.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.pangea.cli.NodeArguments.HostPort;
import net.pangea.cli.NodeArguments.PeerPlace;
import net.pangea.keys.KeyFailure;
import net.pangea.keys.Keys;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.system.SystemMachine;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.EventLine;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.protocol.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * A node in this process, until it is told to end.
 *
 * <p>Standard output carries its peer id ({@code peer ID}), the multiaddrs where peers reach it ({@code listening ADDRESS})
 * and a line {@code ready NAME ENDPOINT} once it serves, and every event as {@code event } and a line of JSON
 * ({@link EventLine}). It leaves in good order on SIGTERM and SIGINT. What keeps it from starting is one line
 * on standard error, and exit status 2; a node that fails later exits with 1.
 */
final class Daemon {
    /** After a signal; what has not ended by then ends with the process, which a node survives at any time. */
    private static final Duration LEAVE_MAX = Duration.ofMillis(1_500);

    private static final String LISTEN = "--listen";

    private static final int BAD_INPUT = 2;
    private static final int FAILED = 1;

    private final NodeArguments arguments;
    private final Output output;
    private final PrintStream err;
    private final String speaker;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicReference<List<Place>> places = new AtomicReference<>(List.of());

    /**
     * A daemon that does not run yet.
     *
     * @param speaker what messages on standard error begin with
     */
    Daemon(NodeArguments arguments, Terminal terminal, String speaker) {
        this.arguments = arguments;
        this.output = new Output(terminal.out());
        this.err = terminal.err();
        this.speaker = speaker;
    }

    /**
     * {@return the exit status, after the end}
     *
     * @param atStart done on a task of its own while the node starts
     */
    int run(Consumer<Machine> atStart) {
        try (SystemMachine machine = SystemMachine.start(arguments.name(), arguments.data(), this::tell)) {
            leaveOnSignal(machine);
            machine.run("node", () -> {
                Thread _ = Thread.ofPlatform().daemon().name("at start").start(() -> atStart.accept(machine));
                Node.run(config(machine.network()), machine);
                return started;
            });
        } catch (InterruptedException e) {
            return 0; // told to leave, and has left
        } catch (DiskFailure e) {
            return failed("--data " + arguments.data(), e.getMessage(), started.get());
        } catch (KeyFailure e) {
            return failed("--data " + arguments.data(), e.getMessage(), false);
        } catch (NetworkFailure e) {
            return failed(flagOf(e), e.getMessage() + advice(e.kind()), started.get());
        }
        return 0;
    }

    /** {@return the flag whose place the failure names; all of them if it names none} */
    private String flagOf(NetworkFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return places.get().stream()
                .filter(place -> message.contains(" " + place.at() + ":") && place.quic() == message.contains("QUIC"))
                .map(Place::flag)
                .findFirst()
                .orElseGet(
                        () -> places.get().stream().map(Place::flag).distinct().collect(Collectors.joining(", ")));
    }

    private static String advice(NetworkFailure.Kind kind) {
        return switch (kind) {
            case ADDRESS_IN_USE -> "; another program listens there: choose another port, or end that program";
            case ADDRESS_NOT_AVAILABLE ->
                "; this computer has no such address, or you may not use that port: choose another, for instance"
                        + " 0.0.0.0 for all addresses, and a port above 1023";
            case UNKNOWN_HOST -> "; write an address, or a name that this computer can resolve";
            default -> "";
        };
    }

    private int failed(String where, @Nullable String what, boolean later) {
        err.println(speaker + ": " + where + ": " + what);
        return later ? FAILED : BAD_INPUT;
    }

    private void tell(Event event) {
        output.event(event);
        if (event instanceof NodeStarted(String endpoint, String peer, String addresses)) {
            started.set(true);
            output.line("peer " + peer);
            for (String address : addresses.split(" ", -1)) {
                output.line("listening " + address);
            }
            output.line("ready " + arguments.name() + " " + endpoint);
        }
    }

    private static void leaveOnSignal(SystemMachine machine) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Thread leaving = Thread.ofPlatform().daemon().name("leave").start(machine::close);
            try {
                boolean _ = leaving.join(LEAVE_MAX);
            } catch (InterruptedException e) {
                return; // the process ends anyway
            }
        }));
    }

    /**
     * A place to listen at.
     *
     * @param flag that names it
     * @param quic whether with QUIC, or else with TCP
     */
    private record Place(String flag, Endpoint at, boolean quic) {
        Multiaddr address() {
            return quic ? Multiaddr.quic(at) : Multiaddr.tcp(at);
        }
    }

    private NodeConfig config(Network network) throws InterruptedException {
        List<Place> all = new ArrayList<>();
        all.add(new Place(LISTEN, resolve(arguments.listen(), LISTEN, network), false));
        for (PeerPlace peer : arguments.p2p()) {
            Place place = new Place(peer.flag(), resolve(peer.at(), peer.flag(), network), peer.quic());
            all.forEach(taken -> requireApart(place, taken));
            all.add(place);
        }
        places.set(List.copyOf(all));
        return new NodeConfig(
                all.getFirst().at(),
                all.stream().skip(1).map(Place::address).toList(),
                arguments.bootstrap(),
                arguments.zone(),
                keys(arguments),
                arguments.accepted().owners(),
                arguments.accepted().everyone(),
                arguments.settings(),
                Deadlines.DEFAULT);
    }

    /** One port is one place also where one address stands for all; but TCP's ports are not UDP's. */
    private static void requireApart(Place place, Place taken) {
        IpAddress one = place.at().address();
        IpAddress two = taken.at().address();
        boolean share = one.equals(two) || (one.getClass() == two.getClass() && (isAny(one) || isAny(two)));
        int port = place.at().port();
        if (port == taken.at().port() && port != 0 && share && place.quic() == taken.quic()) {
            throw new UsageError(place.flag() + " " + place.at() + ": is where " + taken.flag() + " " + taken.at()
                    + " listens too; choose another port for one of them, or leave " + place.flag() + " out");
        }
    }

    private static boolean isAny(IpAddress address) {
        return switch (address) {
            case IpAddress.V4(int bits) -> bits == 0;
            case IpAddress.V6(long high, long low) -> high == 0 && low == 0;
        };
    }

    private static Optional<Keys> keys(NodeArguments arguments) {
        if (arguments.keys().isEmpty()) {
            return Optional.empty();
        }
        Path file = arguments.keys().get();
        try {
            return Optional.of(KeysVerb.read(file));
        } catch (OperationFailure e) {
            throw new UsageError("--keys " + e.getMessage());
        }
    }

    private static Endpoint resolve(HostPort at, String flag, Network network) throws InterruptedException {
        try {
            IpAddress address = network.resolve(at.host()).getFirst();
            return new Endpoint(address, at.port());
        } catch (NetworkFailure e) {
            throw new UsageError(flag + " " + at + ": " + e.getMessage() + advice(e.kind()));
        }
    }

    /** Standard output, a whole line at a time, flushed. */
    private static final class Output {
        private final PrintStream out;
        private final ReentrantLock lock = new ReentrantLock();

        Output(PrintStream out) {
            this.out = out;
        }

        void event(Event event) {
            line("event " + EventLine.format(event));
        }

        void line(String line) {
            lock.lock();
            try {
                out.print(line + "\n");
                out.flush();
            } finally {
                lock.unlock();
            }
        }
    }
}
