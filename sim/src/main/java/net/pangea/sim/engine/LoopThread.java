package net.pangea.sim.engine;

/** The one platform thread of a simulation; every virtual thread of its machines is mounted on it. */
final class LoopThread extends Thread {
    private final Simulation simulation;

    LoopThread(Simulation simulation, Runnable loop) {
        super(null, loop, "pangea-simulation", 0, false);
        this.simulation = simulation;
        setDaemon(true);
    }

    Simulation simulation() {
        return simulation;
    }
}
