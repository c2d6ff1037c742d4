/**
 * The verbs of scenarios, one class each: its description and the code that carries it out. A new verb is a new class
 * and one line in {@link net.pangea.sim.verbs.PangeaVerbs}.
 *
 * <p>Depends on {@code sim.experiment}, whose {@code Workload}, {@code Fault} and {@code Check} they are.
 */
@NullMarked
package net.pangea.sim.verbs;

import org.jspecify.annotations.NullMarked;
