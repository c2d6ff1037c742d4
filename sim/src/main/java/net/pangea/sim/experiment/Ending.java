package net.pangea.sim.experiment;

import java.util.List;
import java.util.Map;

/**
 * What is known when everything has stopped.
 *
 * @param acknowledged how many objects were acknowledged
 * @param leaks what stopped nodes left behind
 * @param figures by name, in the base unit of {@link net.pangea.sim.scenario.Figures#dimension}
 */
public record Ending(int acknowledged, List<String> leaks, Map<String, Long> figures) {}
