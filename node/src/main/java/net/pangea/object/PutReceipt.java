package net.pangea.object;

/**
 * The acknowledgement of a stored object.
 *
 * @param ref reads it
 * @param columnsStored columns that are durable on their holders
 * @param columns k + m: as many as there could be
 * @param peers different peers that hold them; fewer than columns when the network has fewer
 * @param peersMayBeLost any so many of those peers may be lost without losing the object
 */
public record PutReceipt(ObjectRef ref, int columnsStored, int columns, int peers, int peersMayBeLost) {}
