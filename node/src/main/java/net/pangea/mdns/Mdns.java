package net.pangea.mdns;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Clock;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * Finds peers in the machine's local networks, and lets them find this one: asks for others, more and more seldom, answers who
 * asks, and says that it is there when it starts.
 *
 * <p>In each network it has two tasks, one that asks and one that hears and answers; they run in the scope it was started in,
 * and end with it or with {@link #close}. Any task may call it.
 */
public final class Mdns implements AutoCloseable {
    static final Duration SECOND = Duration.ofSeconds(1);

    /** How often it says unasked that it is there, a second apart (RFC 6762, section 8.3). */
    private static final int ANNOUNCEMENTS = 2;

    /** Before an answer, so that not all who are asked answer at the same moment (RFC 6762, section 6). */
    private static final Duration ANSWER_MIN = Duration.ofMillis(20);

    private static final int ANSWER_SPREAD_MILLIS = 100;

    /** A name that nobody else draws, of which others make nothing (libp2p, mdns). */
    private static final int NAME_CHARS = 32;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final PeerId self;
    private final Supplier<List<Multiaddr>> addresses;
    private final Found found;
    private final MdnsSettings settings;
    private final Clock clock;
    private final String peerName;
    private final Neighbours neighbours;
    private final List<DatagramSocket> sockets = new ArrayList<>();

    private Mdns(
            PeerId self, Supplier<List<Multiaddr>> addresses, Found found, MdnsSettings settings, Machine machine) {
        this.self = self;
        this.addresses = addresses;
        this.found = found;
        this.settings = settings;
        this.clock = machine.clock();
        this.peerName = drawName(machine.random("mdns"));
        this.neighbours = new Neighbours(settings.peers());
    }

    private static String drawName(RandomStream random) {
        StringBuilder name = new StringBuilder();
        while (name.length() < NAME_CHARS) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /**
     * {@return what looks for peers from now on}
     *
     * @param addresses where this peer can be reached at the moment, without its id; asked for before each answer
     * @param found gets what is heard of others
     * @param tasks in which its tasks run
     * @throws NetworkFailure if none of the networks can be used, as of {@link Network#join}
     */
    public static Mdns start(
            PeerId self,
            Supplier<List<Multiaddr>> addresses,
            Found found,
            MdnsSettings settings,
            Machine machine,
            Scope tasks) {
        Mdns mdns = new Mdns(self, addresses, found, settings, machine);
        mdns.join(machine.network());
        for (DatagramSocket socket : mdns.sockets) {
            String where = socket.local().address().toString();
            // Drawn here: a stream has one owner.
            RandomStream ofPlace = machine.random("mdns at " + where);
            var _ = tasks.start("hear mdns at " + where, () -> untilClosed(socket, () -> mdns.hear(socket, ofPlace)));
            var _ = tasks.start("ask mdns at " + where, () -> untilClosed(socket, () -> mdns.ask(socket)));
        }
        return mdns;
    }

    private void join(Network network) {
        NetworkFailure last =
                new NetworkFailure(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE, "look for peers without an IPv4 address");
        for (IpAddress address : places(network)) {
            try {
                sockets.add(network.join(settings.group(), address));
            } catch (NetworkFailure e) {
                last = e; // a network without groups; there may be others
            }
        }
        if (sockets.isEmpty()) {
            throw last;
        }
    }

    private List<IpAddress> places(Network network) {
        if (!settings.at().isEmpty()) {
            return settings.at();
        }
        List<IpAddress> own = network.addresses().stream()
                .filter(IpAddress.V4.class::isInstance)
                .toList();
        List<IpAddress> outside =
                own.stream().filter(address -> !address.isLoopback()).toList();
        return (outside.isEmpty() ? own : outside)
                .stream().limit(MdnsSettings.MAX_PLACES).toList();
    }

    /** The body of a task. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static boolean untilClosed(DatagramSocket socket, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (NetworkFailure e) {
            if (e.kind() != NetworkFailure.Kind.CLOSED) {
                throw e;
            }
        } finally {
            socket.close(); // also if it was cancelled, so that nothing stays open
        }
        return true;
    }

    /** Asks after one second, two, four, and so on (RFC 6762, section 5.2). */
    private void ask(DatagramSocket socket) throws InterruptedException {
        Duration pause = SECOND;
        for (int asked = 0; ; asked++) {
            send(socket, DnsMessage.question(Service.NAME));
            if (asked < ANNOUNCEMENTS) {
                Optional<DnsMessage> announcement = announcement(socket);
                if (announcement.isPresent()) {
                    send(socket, announcement.get());
                }
            }
            clock.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(settings.askAtMost()) > 0 ? settings.askAtMost() : longer;
        }
    }

    private void hear(DatagramSocket socket, RandomStream spread) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(DnsMessage.MAX_BYTES + 1);
        long answeredAt = clock.nanoTime() - SECOND.toNanos();
        while (true) {
            Endpoint from = socket.receive(target.clear());
            Optional<DnsMessage> message = read(target.flip());
            if (message.isEmpty()) {
                continue;
            }
            if (message.get().response()) {
                if (from.port() == settings.group().port()) { // others are forged (RFC 6762, section 6)
                    takeIn(message.get());
                }
                continue;
            }
            // Whoever has asked within that second has heard the answer to another, or asks again (section 6).
            if (clock.nanoTime() - answeredAt < SECOND.toNanos()) {
                continue;
            }
            Optional<DnsMessage> answer = Service.answer(message.get(), () -> announcement(socket));
            if (answer.isPresent()) {
                clock.sleep(ANSWER_MIN.plusMillis(spread.nextInt(ANSWER_SPREAD_MILLIS + 1)));
                send(socket, answer.get());
                answeredAt = clock.nanoTime();
            }
        }
    }

    private static Optional<DnsMessage> read(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        try {
            return Optional.of(DnsMessage.decode(Bytes.wrap(bytes)));
        } catch (MalformedBytes e) {
            return Optional.empty(); // other services send here too, and anybody anything
        }
    }

    private void takeIn(DnsMessage response) {
        Service.peers(response).forEach((peer, places) -> {
            if (!peer.equals(self) && !places.isEmpty() && neighbours.heard(peer, places, clock.nanoTime())) {
                found.heard(peer, List.copyOf(places));
            }
        });
    }

    /** An address of loopback means another machine to everybody else, so it is said over loopback only. */
    private Optional<DnsMessage> announcement(DatagramSocket socket) {
        boolean inside = socket.local().address().isLoopback();
        return Service.announcement(
                peerName,
                self,
                addresses.get().stream()
                        .filter(address -> inside
                                || !address.ipAddress()
                                        .map(IpAddress::isLoopback)
                                        .orElse(false))
                        .toList());
    }

    /** A network that is down for a while is no reason to end. */
    private void send(DatagramSocket socket, DnsMessage message) {
        try {
            socket.send(settings.group(), message.encode().asBuffer());
        } catch (NetworkFailure e) {
            if (e.kind() == NetworkFailure.Kind.CLOSED) {
                throw e;
            }
        }
    }

    /** {@return the peers that were heard of in the last two minutes, and where they say they are, without their ids} */
    public Map<PeerId, List<Multiaddr>> peers() {
        return neighbours.all(clock.nanoTime());
    }

    /** Stops asking and answering. Its tasks end; who started it joins them. Idempotent. */
    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
    }
}
