/**
 * The real world behind the seam: sockets, files, the system's clock and randomness, on virtual threads.
 *
 * <p>Entry: {@link net.pangea.machine.system.SystemMachine}. Of what nodes are made of, only this package and
 * the program around a node, {@code net.pangea.cli}, may read time, start threads, and open sockets and files.
 *
 * <p>One rule shapes all of it: an interrupt is how a deadline or a cancellation reaches a task, and the
 * JDK's channels close themselves when an interrupt meets a blocking call. So no task ever blocks inside a
 * channel. Sockets are non-blocking and a task that has to wait, waits on a condition that the
 * {@code Poller} signals; files are read and written by threads that nobody interrupts, while the task
 * waits.
 *
 * <p>QUIC is Netty's, whose loop is one thread for each socket, started by
 * {@code QuicNative}: tasks hand that what they want and wait on conditions as elsewhere
 * (docs/decisions/0016).
 *
 * <p>Depends on {@code net.pangea.machine} only, and of what is not ours on Netty.
 */
@NullMarked
package net.pangea.machine.system;

import org.jspecify.annotations.NullMarked;
