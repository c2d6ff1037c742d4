package net.pangea.object;

import net.pangea.manifest.ObjectRef;

/**
 * The acknowledgement of a stored object.
 *
 * @param ref reads it
 * @param columnsStored columns that are durable on their holders
 * @param columns k + m: as many as there could be
 * @param peers different peers that hold them; fewer than columns when the network has fewer
 * @param peersMayBeLost any so many of those peers may be lost without losing the object
 * @param domains failure domains these peers are in
 * @param domainsMayBeLost any so many of those domains may be lost
 * @param segmentsResumed segments that an earlier attempt had stored
 */
public record PutReceipt(
        ObjectRef ref,
        int columnsStored,
        int columns,
        int peers,
        int peersMayBeLost,
        int domains,
        int domainsMayBeLost,
        int segmentsResumed) {}
