package net.pangea.holding;

import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.store.EntryStore;

/**
 * What a holder works with.
 *
 * @param announcing says in the network what is held here
 * @param life drawn anew at each start: by it those who remember what this node said know that it has restarted
 */
public record HolderSurroundings(
        EntryStore store, Clock clock, PeerClocks peerClocks, Announcing announcing, Events events, long life) {}
