/**
 * What the harness needs of the real computer around a simulation: its clock to say how fast a run was, its files to
 * write traces to, its processes to repeat a run in. Nothing a run computes depends on it.
 */
@NullMarked
package net.pangea.sim.host;

import org.jspecify.annotations.NullMarked;
