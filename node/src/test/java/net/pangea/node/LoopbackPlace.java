package net.pangea.node;

import java.io.IOException;
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
public record LoopbackPlace(String name, Endpoint listen, Endpoint p2p, Keys keys) {

    /** {@return places with ports that were free a moment ago, all of them held until the last is known} */
    public static List<LoopbackPlace> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<LoopbackPlace> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new LoopbackPlace("node" + i, free(sockets), free(sockets), keys(i)));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return places;
    }

    private static Endpoint free(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return new Endpoint(IpAddress.of(127, 0, 0, 1), socket.getLocalPort());
    }

    private static Keys keys(int number) {
        Bytes seed = Sha256.of(Bytes.wrap(new byte[] {(byte) number})).bytes();
        return new Keys(seed, new MasterKey(Sha256.of(seed).bytes()));
    }

    /** {@return where peers reach the node} */
    public Multiaddr address() {
        return Multiaddr.tcp(p2p)
                .withPeer(IdentityKey.ofSeed(keys.identitySeed()).peerId());
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
