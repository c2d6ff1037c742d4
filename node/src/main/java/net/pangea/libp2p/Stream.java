package net.pangea.libp2p;

import java.nio.ByteBuffer;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** A byte stream to a peer, for one protocol: a {@link Connection} in every respect. */
public final class Stream implements Connection {
    private final Connection bytes;
    private final PeerId peer;
    private final Multiaddr address;
    private final String protocol;

    Stream(Connection bytes, Link link, String protocol) {
        this.bytes = bytes;
        this.peer = link.peer();
        this.address = link.address();
        this.protocol = protocol;
    }

    /** {@return whom it leads to, as the handshake has proven} */
    public PeerId peer() {
        return peer;
    }

    /** {@return where its other end is, seen from here, and by which transport; without the peer's id} */
    public Multiaddr address() {
        return address;
    }

    /** {@return what both sides have agreed to speak} */
    public String protocol() {
        return protocol;
    }

    @Override
    public Endpoint local() {
        return bytes.local();
    }

    @Override
    public Endpoint remote() {
        return bytes.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        return bytes.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        bytes.write(source);
    }

    @Override
    public void closeOutput() {
        bytes.closeOutput();
    }

    @Override
    public void reset() {
        bytes.reset();
    }

    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return protocol + " with " + peer;
    }
}
