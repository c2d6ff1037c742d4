package net.pangea.sim.world;

import net.pangea.machine.Spawner;
import net.pangea.machine.Stop;
import net.pangea.sim.engine.Incarnation;

/**
 * Makes the threads of a host's root tasks, and tells the world of those that fail. It does so from here, and not from
 * a body around each task's own, because every frame below a wait costs memory, and time at each wait.
 */
record RootTasks(Host host, Incarnation incarnation) implements Spawner {

    @Override
    public Thread unstarted(String name, Runnable body) {
        return incarnation.unstarted(name, body);
    }

    @Override
    public void begins(Stop outermost) {
        incarnation.begins(outermost);
    }

    @Override
    public void failed(Exception why) {
        host.world().rootTaskFailed(host, why);
    }
}
