/**
 * Benchmarks: how fast the simulator is beside a bare core, and what storing and fetching cost.
 *
 * <p>The entry is {@link net.pangea.bench.Main}. Benchmarks are read by people; none of them is a test. What they
 * measure, and what came out, is in {@code docs/benchmarks.md}.
 */
@NullMarked
package net.pangea.bench;

import org.jspecify.annotations.NullMarked;
