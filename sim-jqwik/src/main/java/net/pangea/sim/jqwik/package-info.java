/**
 * Random scenarios for properties of jqwik: valid files of the scenario language, small enough to run in a test suite, that become
 * simpler as long as a property fails. Entry is {@link net.pangea.sim.jqwik.Scenarios}.
 *
 * <p>Depends on {@code sim.scenario}, whose language it writes and reads back, on {@code sim.verbs}, and on {@code
 * sim.cluster.simulated}, which runs it.
 */
@NullMarked
package net.pangea.sim.jqwik;

import org.jspecify.annotations.NullMarked;
