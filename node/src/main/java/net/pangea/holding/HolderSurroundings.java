package net.pangea.holding;

import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.store.EntryStore;

/** What a holder works with. */
public record HolderSurroundings(EntryStore store, Clock clock, PeerClocks peerClocks, Events events) {}
