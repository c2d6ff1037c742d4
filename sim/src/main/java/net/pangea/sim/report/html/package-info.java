/**
 * Reports of runs and of sweeps: one HTML file each, which needs nothing beside it and no network.
 *
 * <p>The page is a template, a style and scripts among the resources of this package, with the plots of Apache ECharts
 * (docs/decisions/0020); what it tells is JSON inside it. Runs in the harness, outside any simulation. Entry type: {@link
 * net.pangea.sim.report.html.ReportPage}.
 */
@NullMarked
package net.pangea.sim.report.html;

import org.jspecify.annotations.NullMarked;
