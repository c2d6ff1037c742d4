package net.pangea.libp2p;

import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.multiformats.Multiaddr;

/** What the hosts of {@link HostContract} are connected by, and what a stranger can do to it. */
public interface Wire {

    /** {@return settings of a host that listens at that place} */
    HostSettings settings(Endpoint place);

    /** {@return the address of a host that listens there} */
    Multiaddr address(Endpoint at);

    /** {@return the port that an address leads to} */
    Endpoint port(Multiaddr address);

    /** Takes a port, as a task of that machine, at which nobody is ever answered. */
    Silence silence(Machine machine, Endpoint place);

    /** A port that answers nobody. */
    interface Silence extends AutoCloseable {
        Endpoint local();

        @Override
        void close();
    }

    /** Talks nonsense to a port, and three times so that it has to be counted as refused. */
    void disturb(Machine machine, Endpoint port) throws InterruptedException;

    /** Begins so many handshakes with a port as it lets begin, and ends none. */
    HalfOpen halfOpen(Machine machine, Endpoint port, int count) throws InterruptedException;

    /** Handshakes that have begun. */
    interface HalfOpen extends AutoCloseable {
        /**
         * {@return whether most of them have been turned away: refused, or asked for what they cannot give}
         *
         * @param refusals how many the host has refused so far
         */
        boolean areTurnedAway(long refusals);

        /** Nothing of them comes any more: they are neither gone on with nor broken off. */
        void fallSilent() throws InterruptedException;

        @Override
        void close();
    }
}
