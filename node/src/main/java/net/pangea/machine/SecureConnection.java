package net.pangea.machine;

/** A connection of streams whose other side has proved that it holds the key of a certificate. */
public interface SecureConnection extends MultiplexedConnection {

    /** {@return the other side's only certificate, in DER (RFC 5280), not looked into yet; the caller's to change} */
    byte[] peerCertificate();

    /**
     * Waits until the connection has ended.
     *
     * @return why: RESET, TIMED_OUT, or CLOSED if this side has closed it
     */
    NetworkFailure.Kind awaitEnd() throws InterruptedException;
}
