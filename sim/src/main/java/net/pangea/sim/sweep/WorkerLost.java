package net.pangea.sim.sweep;

/** A worker has ended, or was ended, before its run was over; the message says how. */
public final class WorkerLost extends Exception {
    private static final long serialVersionUID = 1L;

    WorkerLost(String message) {
        super(message);
    }
}
