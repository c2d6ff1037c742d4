package net.pangea.sim.network;

import java.nio.ByteBuffer;
import net.pangea.machine.Endpoint;

/**
 * Sees the traffic of a {@link Fabric} at its ends: what arrives at a machine, when it arrives, and what the machine
 * answers at once. What is lost on its way is not seen.
 *
 * <p>It must not change what it sees, and nothing of the simulation depends on it: a run with a tap is the run without.
 */
public interface PacketTap {
    /** How many bytes of a stream may be under way and unread. */
    int WINDOW_BYTES = SimConnection.WINDOW_BYTES;

    /** Sees nothing. */
    PacketTap NONE = NoTap.NONE;

    /** A host has come into the network; of all its calls this is the first. Hosts come in the order of their numbers. */
    void attached(Nic nic);

    /** A socket has taken a datagram. */
    void datagram(long nanos, Endpoint source, Nic to, int port, byte[] payload);

    /** {@return what sees the connection that {@code client} begins to open, from {@code local} to {@code remote}} */
    Opening opening(long nanos, Nic client, Endpoint local, Nic server, Endpoint remote);

    /** Sees one connection being opened. */
    interface Opening {
        /**
         * The client's request has reached the server's machine; again if an answer was lost or is withheld.
         *
         * @param server its endpoint, as its own machine knows it: another than the client's if a NAT box is between
         * @param client the client's endpoint, as the server's machine knows it
         */
        void requested(long nanos, Endpoint server, Endpoint client);

        /** The server's refusal has reached the client. */
        void refused(long nanos);

        /** The server's machine has taken the connection, whose ends exist from now on. */
        void accepted();

        /** The server's acceptance has reached the client. What the server sends may overtake it. */
        void established(long nanos);

        End client();

        End server();
    }

    /** Sees one end of a connection. */
    interface End {
        End NONE = NoTap.NONE;

        /**
         * The other end's bytes have arrived, in order.
         *
         * @param bytes stay as they are, position too
         * @param taken whether this end took them; else it is closed, and a reset answers them
         */
        void received(long nanos, ByteBuffer bytes, boolean taken);

        /**
         * The end of what the other end sends has arrived.
         *
         * @param taken whether this end knows of the connection; else a reset answers
         */
        void receivedEnd(long nanos, boolean taken);

        /** A reset has arrived. */
        void receivedReset(long nanos);

        /** This end tells the other that so many bytes more were read. */
        void read(long nanos, int bytes);

        /** This end was closed, has failed, or its incarnation has ended. Packets may still be under way. */
        void gone(long nanos);
    }
}
