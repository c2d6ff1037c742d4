package net.pangea.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.MalformedMultiaddr;
import net.pangea.multiformats.Multiaddr;
import net.pangea.protocol.Peer;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * The nodes that this one knew when it last ran, so that a restart does not depend on the few that it was told of.
 *
 * <pre>
 * version 2 (1) | number of nodes (2)
 * of each node: peer id as text (2 + n) | zone, or nothing (2 + n) | number of addresses (1) | each as text (2 + n)
 * </pre>
 */
final class MembersNote {
    private static final EntryKey KEY =
            new EntryKey(EntryKind.NOTE, Bytes.wrap("members".getBytes(StandardCharsets.US_ASCII)));

    private static final int VERSION = 2;

    private static final int TEXT_BYTES_MAX = 128;

    private final EntryStore store;

    MembersNote(EntryStore store) {
        this.store = store;
    }

    void keep(List<Peer> peers) throws InterruptedException {
        store.keep(KEY, encode(peers));
    }

    /** {@return the nodes of the note; none if there is none that can be read} */
    List<Peer> read() {
        try {
            return store.find(KEY) instanceof Lookup.Found(Bytes content) ? decode(content) : List.of();
        } catch (MalformedBytes e) {
            return List.of(); // of another version: they will be met again
        }
    }

    static Bytes encode(List<Peer> peers) {
        ByteWriter out = new ByteWriter().u8(VERSION).u16(peers.size());
        for (Peer peer : peers) {
            out.text(peer.name())
                    .text(peer.zone().orElse(""))
                    .u8(peer.addresses().size());
            peer.addresses().forEach(address -> out.text(address.toString()));
        }
        return out.toBytes();
    }

    /** @throws MalformedBytes if they are none */
    static List<Peer> decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        int _ = in.u8In(VERSION, VERSION, "version");
        int count = in.u16In(0, Members.MEMBERS_MAX, "number of nodes");
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.text(TEXT_BYTES_MAX, "peer id");
            String zone = in.text(TEXT_BYTES_MAX, "zone");
            int addresses = in.u8In(1, Peer.ADDRESSES_MAX, "number of addresses");
            List<Multiaddr> at = new ArrayList<>();
            for (int j = 0; j < addresses; j++) {
                at.add(address(in.text(TEXT_BYTES_MAX, "address")));
            }
            if (name.isEmpty()) {
                throw new MalformedBytes("a node without a peer id");
            }
            peers.add(new Peer(name, at, Optional.of(zone).filter(text -> !text.isEmpty())));
        }
        in.end();
        return peers;
    }

    private static Multiaddr address(String text) {
        try {
            Multiaddr address = Multiaddr.parse(text);
            if (address.tcpEndpoint().or(address::quicEndpoint).isEmpty()) {
                throw new MalformedBytes("not an IP address with TCP or QUIC: '" + text + "'");
            }
            return address;
        } catch (MalformedMultiaddr e) {
            throw new MalformedBytes("no address: '" + text + "'");
        }
    }
}
