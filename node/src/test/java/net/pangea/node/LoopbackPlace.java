package net.pangea.node;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.Keys;
import net.pangea.keys.MasterKey;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.object.ObjectClient;

/** Where a node of a test listens on this computer, and who it is. */
public record LoopbackPlace(String name, Endpoint listen, List<Multiaddr> p2p, Keys keys) {

    /** What a node listens with for peers. */
    public enum Way {
        TCP,
        QUIC,
        BOTH;

        private List<Multiaddr> at(Endpoint port) {
            return switch (this) {
                case TCP -> List.of(Multiaddr.tcp(port));
                case QUIC -> List.of(Multiaddr.quic(port));
                case BOTH -> List.of(Multiaddr.tcp(port), Multiaddr.quic(port));
            };
        }
    }

    /** {@return places for nodes that speak TCP} */
    public static List<LoopbackPlace> free(int count) throws IOException {
        return free(count, List.of(Way.TCP));
    }

    /**
     * {@return places with ports that were free a moment ago, all of them held until the last is known}
     *
     * @param ways that they take in turns
     */
    static List<LoopbackPlace> free(int count, List<Way> ways) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<LoopbackPlace> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new LoopbackPlace(
                    "node" + i, free(sockets), ways.get(i % ways.size()).at(free(sockets)), keys(i)));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return places;
    }

    private static Endpoint free(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        try (DatagramSocket _ = new DatagramSocket(socket.getLocalPort(), InetAddress.getLoopbackAddress())) {
            return new Endpoint(IpAddress.of(127, 0, 0, 1), socket.getLocalPort());
        } catch (BindException e) {
            return free(held); // free for TCP alone
        }
    }

    private static Keys keys(int number) {
        Bytes seed = Sha256.of(Bytes.wrap(new byte[] {(byte) number})).bytes();
        return new Keys(seed, new MasterKey(Sha256.of(seed).bytes()));
    }

    /** {@return where peers reach the node} */
    public Multiaddr address() {
        return p2p.getFirst().withPeer(IdentityKey.ofSeed(keys.identitySeed()).peerId());
    }

    /** Waits until every one of these nodes has met all the others. */
    public static void awaitMet(List<LoopbackPlace> places, Machine user) throws InterruptedException {
        ObjectClient client = new ObjectClient(user);
        for (LoopbackPlace place : places) {
            while (client.status(place.listen).peers() < places.size()) {
                user.clock().sleep(Duration.ofMillis(20));
            }
        }
    }
}
