package net.pangea.libp2p;

/** What a js-libp2p peer could not do, in its own words. */
public final class JsFailure extends RuntimeException {
    JsFailure(String message) {
        super(message);
    }
}
