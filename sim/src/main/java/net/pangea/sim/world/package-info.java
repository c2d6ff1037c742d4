/**
 * Simulated machines: their clocks, tasks, randomness and events, and the world that holds them together.
 *
 * <p>The entry is {@link net.pangea.sim.world.World}: it makes {@link net.pangea.sim.world.Host}s, starts,
 * pauses, crashes and restarts them, and hands each life a {@link net.pangea.machine.Machine}. Networks are in
 * {@code sim.network}, disks in {@code sim.disk}.
 */
@NullMarked
package net.pangea.sim.world;

import org.jspecify.annotations.NullMarked;
