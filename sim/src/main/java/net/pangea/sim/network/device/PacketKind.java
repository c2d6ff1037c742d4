package net.pangea.sim.network.device;

/** What a device sees of a packet beside its endpoints: its protocol, and what TCP's flags say (RFC 9293, section 3.1). */
public enum PacketKind {
    /** TCP's request to connect. */
    SYN,
    /** TCP, in the middle of a connection; the answer to a request to connect too. */
    SEGMENT,
    /** TCP: the end of what one side sends. */
    FIN,
    /** TCP: the end of a connection, or the refusal of one. */
    RST,
    /** UDP, which has no flags: any packet may be the first. */
    DATAGRAM;

    public Protocol protocol() {
        return this == DATAGRAM ? Protocol.UDP : Protocol.TCP;
    }

    /** {@return whether a flow may begin with it} A segment of a connection that a device does not know begins none. */
    boolean mayOpen() {
        return this == SYN || this == DATAGRAM;
    }
}
