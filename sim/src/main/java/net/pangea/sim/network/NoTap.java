package net.pangea.sim.network;

import java.nio.ByteBuffer;
import net.pangea.machine.Endpoint;

/** The tap that is not there. */
enum NoTap implements PacketTap, PacketTap.Opening, PacketTap.End {
    NONE;

    @Override
    public void attached(Nic nic) {}

    @Override
    public void datagram(long nanos, Endpoint source, Nic to, int port, byte[] payload) {}

    @Override
    public Opening opening(long nanos, Nic client, Endpoint local, Nic server, Endpoint remote) {
        return this;
    }

    @Override
    public void requested(long nanos, Endpoint server, Endpoint client) {}

    @Override
    public void refused(long nanos) {}

    @Override
    public void accepted() {}

    @Override
    public void established(long nanos) {}

    @Override
    public End client() {
        return this;
    }

    @Override
    public End server() {
        return this;
    }

    @Override
    public void received(long nanos, ByteBuffer bytes, boolean taken) {}

    @Override
    public void receivedEnd(long nanos, boolean taken) {}

    @Override
    public void receivedReset(long nanos) {}

    @Override
    public void read(long nanos, int bytes) {}

    @Override
    public void gone(long nanos) {}
}
