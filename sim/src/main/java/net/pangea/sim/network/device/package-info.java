/**
 * The devices between a machine and the network, as decisions: packet in, verdict out. Nothing here sends, waits or draws.
 *
 * <p>{@link net.pangea.sim.network.device.Firewall} has ordered rules and tracks connections, as netfilter does.
 * {@link net.pangea.sim.network.device.Nat} translates addresses, as RFC 4787 and RFC 5382 describe and want it.
 * {@link net.pangea.sim.network.device.Audit} judges what was delivered to a machine, from its rules and from what the machine has
 * sent, and knows nothing of what the firewall has decided.
 *
 * <p>May depend on {@code machine} alone.
 */
@NullMarked
package net.pangea.sim.network.device;

import org.jspecify.annotations.NullMarked;
