/**
 * The scenario language: reads a file strictly, with a line and a column for everything, settles what it leaves
 * to the seed, and writes it back as a valid file.
 *
 * <p>Every key of the language is a {@link net.pangea.sim.scenario.Param} of a
 * {@link net.pangea.sim.scenario.Shape}: a name, a sentence, a type with its unit and range, a default. Reading,
 * writing, drawing, error messages and the reference page all come from these descriptions. A workload, a fault
 * or a check is a {@link net.pangea.sim.scenario.Verb} whose description sits in the class that carries it out;
 * this package only sees them as a {@link net.pangea.sim.scenario.Vocabulary}.
 *
 * <p>Entry type: {@link net.pangea.sim.scenario.Language}. Depends on {@code machine} for random streams and
 * on {@code ces} for how many shards there can be.
 */
@NullMarked
package net.pangea.sim.scenario;

import org.jspecify.annotations.NullMarked;
