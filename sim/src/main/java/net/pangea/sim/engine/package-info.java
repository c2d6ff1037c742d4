/**
 * The simulator's engine: virtual time, the event queue, virtual threads on our own scheduler, and the trace.
 *
 * <p>One {@link net.pangea.sim.engine.Simulation} is one seed on one platform thread. It knows nothing of
 * networks, disks or nodes: those are built on {@link net.pangea.sim.engine.SimEvent} and
 * {@link net.pangea.sim.engine.Incarnation}. Everything that depends on the inside of the JDK is in
 * {@link net.pangea.sim.engine.VirtualThreads}.
 *
 * <p>Depends on nothing of ours but {@code machine.RandomStream} and {@code machine.Spawner}.
 */
@NullMarked
package net.pangea.sim.engine;

import org.jspecify.annotations.NullMarked;
