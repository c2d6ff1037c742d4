/**
 * The simulated disk: a model of what a real disk remembers, forgets and spoils, with every fault of it.
 *
 * <p>Three parts. A {@link net.pangea.sim.disk.DiskImage} is what is on one disk: it outlives the incarnations
 * of its machine, knows what was synced and what was not, and suffers the power cuts and the rot; it knows no
 * time. A {@link net.pangea.sim.disk.SimulatedDisk} is one incarnation's view of it behind the seam: it takes the
 * time of a device described by a {@link net.pangea.sim.disk.DiskProfile} and applies the faults that are on in
 * its {@link net.pangea.sim.disk.DiskFaults}. Nothing here knows the engine: waiting is a
 * {@link net.pangea.sim.disk.Pause}, and exactly one thread at a time uses a disk, so there are no locks.
 *
 * <p><b>The model of a power cut.</b> Of a file, each sector is found as it was at the last sync or as one of
 * the writes since then left it, each sector on its own; the size is the synced one or one it had since. Of
 * names, each creation, rename and deletion since the last directory sync happened wholly or not at all; those that
 * touch the same name or the same file keep their order, all others survive in any combination. A rename
 * therefore leaves the old or the new name, never neither; a file whose name survived but whose bytes were never
 * synced may be empty, full of zeros or torn.
 *
 * <p>Depends on {@code machine} only. Sources: Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014
 * (what may be lost and reordered); Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020
 * (what a failed sync leaves); Bairavasundaram et al., "An Analysis of Data Corruption in the Storage Stack",
 * FAST 2008 (rot, misdirected and lost writes); Ganger and Patt, "Metadata Update Performance in File Systems",
 * OSDI 1994 (the order of names that keeps a renamed file from being lost).
 */
@NullMarked
package net.pangea.sim.disk;

import org.jspecify.annotations.NullMarked;
