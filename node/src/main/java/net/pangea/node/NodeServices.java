package net.pangea.node;

import java.util.concurrent.Semaphore;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.object.ObjectServices;
import net.pangea.protocol.Deadlines;
import net.pangea.store.EntryStore;

/**
 * What every connection of a node uses.
 *
 * @param memory permits for what moves whole segments: puts, gets, and the catalogue's
 */
record NodeServices(
        ObjectServices objects, EntryStore store, Semaphore memory, Clock clock, Events events, Deadlines deadlines) {}
