/**
 * The seam: everything a node may know of the outside world, as one {@link net.pangea.machine.Machine}.
 *
 * <p>A node is handed a machine and reaches time, randomness, threads, the network, the disk and its
 * observers through it alone. {@code machine.system} puts sockets and files behind it; the simulator puts
 * virtual time, simulated links and simulated disks behind it. Node code cannot tell which.
 *
 * <p>Everything is direct style on virtual threads: a call blocks until it is done. A call that may block
 * for long declares {@link InterruptedException}; an interrupt means that a deadline of
 * {@link net.pangea.machine.Clock#within} has passed or that the task was cancelled, and is for passing on,
 * not for catching.
 *
 * <p>Depends on nothing of ours. Concurrency follows structured concurrency as in JEP 505; the fault model
 * follows FoundationDB's simulation ("FoundationDB: A Distributed Unbundled Transactional Key Value Store",
 * SIGMOD 2021, section 4).
 */
@NullMarked
package net.pangea.machine;

import org.jspecify.annotations.NullMarked;
