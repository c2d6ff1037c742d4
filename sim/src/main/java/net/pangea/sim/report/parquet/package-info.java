/**
 * Figures and series as a Parquet file, for DuckDB and others: one table of facts, a number a row (docs/decisions/0020).
 *
 * <p>Runs in the harness, outside any simulation. Entry types: {@link net.pangea.sim.report.parquet.Fact} and {@link
 * net.pangea.sim.report.parquet.FactFile}.
 */
@NullMarked
package net.pangea.sim.report.parquet;

import org.jspecify.annotations.NullMarked;
