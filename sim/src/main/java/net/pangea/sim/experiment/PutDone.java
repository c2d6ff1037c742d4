package net.pangea.sim.experiment;

import java.util.Optional;

/**
 * The end of a user's put.
 *
 * @param node through which machine
 * @param acknowledged what was promised, if it was
 * @param failure why not, else empty
 */
public record PutDone(String node, Optional<Acknowledged> acknowledged, String failure, long tookNanos) {}
