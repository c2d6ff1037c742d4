/**
 * The experiment, written once for every executor: what users do, what goes wrong, what is checked.
 *
 * <p>It runs in direct style on a {@link net.pangea.sim.cluster.Cluster}: workloads on the client machine, faults on
 * the controller, checks on the events of nodes and on what clients got. A workload, a fault and a check are three
 * small interfaces; the verbs that implement them are in {@code sim.verbs}.
 *
 * <p>Entry type: {@link net.pangea.sim.experiment.Experiment}. Depends on {@code machine}, on {@code object} for the
 * users' client of real nodes, on {@code sim.cluster} and {@code sim.scenario}, and on the policies of
 * {@code sim.engine}.
 */
@NullMarked
package net.pangea.sim.experiment;

import org.jspecify.annotations.NullMarked;
