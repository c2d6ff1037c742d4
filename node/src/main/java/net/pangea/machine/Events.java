package net.pangea.machine;

/**
 * The only window into a node: a stream of typed events, in the order in which they were emitted. Emitting
 * never blocks, never fails and never changes what the node does.
 */
@FunctionalInterface
public interface Events {

    void emit(Event event);
}
