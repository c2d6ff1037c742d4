/**
 * Sweeps of seeds over several JVMs: each stays warm from one run to the next, and one that crashes, hangs or leaks from run to
 * run is a finding about its seed.
 */
@NullMarked
package net.pangea.sim.sweep;

import org.jspecify.annotations.NullMarked;
