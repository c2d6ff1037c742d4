/**
 * What happened in a run over time, kept while it runs for a report of it: series in a bounded number of time slices, when
 * machines were away, how expectations stood, who held what.
 *
 * <p>It only listens, draws nothing and reads no clock, so it changes no run, and two runs of a seed give equal recordings.
 * Builds on {@link net.pangea.sim.experiment.Witness}. Entry types: {@link net.pangea.sim.recording.Recorder} and {@link
 * net.pangea.sim.recording.Recording}.
 */
@NullMarked
package net.pangea.sim.recording;

import org.jspecify.annotations.NullMarked;
