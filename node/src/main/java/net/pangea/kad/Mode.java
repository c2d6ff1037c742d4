package net.pangea.kad;

/** Whether a peer serves the table or only asks (libp2p, kad-dht, "Client and server mode"); its identify says so. */
public enum Mode {
    /** Answers requests, so it belongs in routing tables. */
    SERVER,
    /** Asks only: behind a firewall, short-lived or short of bandwidth. Stays out of routing tables. */
    CLIENT
}
