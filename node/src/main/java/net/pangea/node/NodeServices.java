package net.pangea.node;

import java.util.concurrent.Semaphore;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.object.Getter;
import net.pangea.object.HolderService;
import net.pangea.object.Putter;
import net.pangea.protocol.Deadlines;

/**
 * What every connection of a node uses.
 *
 * @param objects permits for puts and gets, which need memory
 */
record NodeServices(
        HolderService holder,
        Putter putter,
        Getter getter,
        Semaphore objects,
        Clock clock,
        Events events,
        FaultPoints faults,
        Deadlines deadlines) {}
