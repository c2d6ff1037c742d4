/**
 * Clusters of real processes on this computer: one Java process for each node, sockets on loopback, folders of the
 * real disk, real time. A crash is {@code kill -9}.
 *
 * <p>Entry types: {@link net.pangea.sim.cluster.local.LocalExecutor} and
 * {@link net.pangea.sim.cluster.local.LocalCluster}. This is the harness, outside of any simulation: it reads the
 * clock, starts threads and processes, and opens sockets and files. Depends on {@code machine.system}, on the node's
 * program and events, and on {@code sim.experiment}.
 */
@NullMarked
package net.pangea.sim.cluster.local;

import org.jspecify.annotations.NullMarked;
