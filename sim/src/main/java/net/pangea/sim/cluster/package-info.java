/**
 * What an experiment runs on: machines with nodes, one client, one controller, and faults that can be put on them.
 *
 * <p>Entry type: {@link net.pangea.sim.cluster.Cluster}, which each executor implements. Depends on
 * {@code machine} and on the values of {@code sim.scenario}.
 */
@NullMarked
package net.pangea.sim.cluster;

import org.jspecify.annotations.NullMarked;
