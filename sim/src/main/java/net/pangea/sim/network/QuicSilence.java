package net.pangea.sim.network;

import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.QuicSettings;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.SimEvent;
import org.jspecify.annotations.Nullable;

/**
 * How long one end of a QUIC connection has not heard of the other, and what it does then: it gives a sign of itself, and times
 * out in the end (RFC 9000, section 10.1). A process that is paused does neither; when it goes on it first reads what has come.
 */
final class QuicSilence {
    private final SimQuicConnection end;
    private final long idleNanos;
    private final long keepAliveNanos;
    private long heard;
    private long silentSince;
    private boolean sentSince;
    private @Nullable Tick next;

    QuicSilence(SimQuicConnection end, QuicSettings own, QuicSettings peers) {
        this.end = end;
        this.idleNanos =
                Math.min(own.idleTimeout().toNanos(), peers.idleTimeout().toNanos());
        this.keepAliveNanos = own.keepAlive().toNanos();
        this.heard = end.simulation().now();
        this.silentSince = heard;
    }

    long idleNanos() {
        return idleNanos;
    }

    /** Something came from the other side, at a time that may be still to come: that of an acknowledgement. */
    void heard(long time) {
        heard = Math.max(heard, time);
        silentSince = Math.max(silentSince, time);
        sentSince = false;
    }

    /** Something was sent that is to be answered; the first since anything was heard starts the silence anew. */
    void sent(long time) {
        if (!sentSince) {
            sentSince = true;
            silentSince = Math.max(silentSince, time);
        }
    }

    void begin() {
        heard(end.simulation().now());
        schedule(heard);
    }

    void end() {
        Tick pending = next;
        next = null;
        if (pending != null) {
            end.simulation().cancel(pending);
        }
    }

    /** @param signed when a sign of either side was given last */
    private void schedule(long signed) {
        long at = silentSince + idleNanos;
        if (keepAliveNanos > 0) {
            at = Math.min(at, signed + keepAliveNanos);
        }
        Tick tick = new Tick(false);
        next = tick;
        end.simulation().at(at, tick);
    }

    private void tick() {
        long now = end.simulation().now();
        if (now >= silentSince + idleNanos) {
            next = null;
            end.fail(Kind.TIMED_OUT);
            return;
        }
        boolean isSilent = keepAliveNanos > 0 && now >= heard + keepAliveNanos;
        if (isSilent) {
            end.send(0, () -> {});
        }
        schedule(isSilent ? now : heard);
    }

    private final class Tick extends SimEvent {
        /** Whether it was kept while the process was paused, and lets what came meanwhile go first. */
        private final boolean givesWay;

        Tick(boolean givesWay) {
            this.givesWay = givesWay;
        }

        @Override
        protected Incarnation owner() {
            return end.stack().incarnation();
        }

        @Override
        protected void fire() {
            Incarnation process = end.stack().incarnation();
            if (next == null) {
                return; // it has ended while the process was paused
            }
            if (process.isPaused()) {
                process.whenResumed(new Tick(true));
            } else if (givesWay) {
                Tick afterAll = new Tick(false);
                next = afterAll;
                end.simulation().after(0, afterAll);
            } else {
                tick();
            }
        }
    }
}
