/**
 * The executor {@code sim}: clusters of simulated machines in virtual time.
 *
 * <p>The entry is {@link net.pangea.sim.cluster.simulated.SimExecutor}.
 */
@NullMarked
package net.pangea.sim.cluster.simulated;

import org.jspecify.annotations.NullMarked;
