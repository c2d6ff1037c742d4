package net.pangea.sim.experiment;

import java.util.List;
import java.util.Map;
import net.pangea.sim.cluster.Denials;

/**
 * What is known when everything has stopped.
 *
 * @param acknowledged the objects that are promised, in order
 * @param deleted those whose deletion was acknowledged
 * @param up the machines that ran to the end
 * @param shards who holds what
 * @param leaks what stopped nodes left behind
 * @param denials what firewalls kept out, and what they should have
 * @param figures by name, in the base unit of {@link net.pangea.sim.scenario.Figures#dimension}
 */
public record Ending(
        List<Acknowledged> acknowledged,
        List<Acknowledged> deleted,
        List<String> up,
        ShardMap shards,
        List<String> leaks,
        Denials denials,
        Map<String, Long> figures) {}
