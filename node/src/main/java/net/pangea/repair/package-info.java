/**
 * Finds columns that are gone and brings them back. {@link net.pangea.repair.RepairService} looks, at intervals, at the
 * objects this node holds a part of: it asks who else holds what, audits the claims, and, where a column stays away for
 * longer than the grace and it is this node's turn, rebuilds it from k others and places it on a new holder. Nobody is
 * elected and nobody is trusted: every input is verified against the manifest, and so is what was rebuilt.
 *
 * <p>What decides is pure: {@link net.pangea.repair.Census} (what is there), {@link net.pangea.repair.Duty} (whose turn it
 * is), {@link net.pangea.repair.Sightings} (since when), {@link net.pangea.repair.Targets} (where to),
 * {@link net.pangea.repair.AuditPlan} (what to ask for as proof), {@link net.pangea.repair.Budget} (how fast),
 * {@link net.pangea.repair.Flock} (whether at all). Repair needs neither the data key nor the owner: the owner's lease is
 * the authority by which a new holder stores what it is given.
 *
 * <p>It keeps nothing on disk. After a crash the deficits are seen anew; what a broken-off repair left behind is garbage
 * that its holder drops when no commit follows.
 *
 * <p>Depends on {@code protocol}, {@code manifest}, {@code merkle}, {@code ces}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.repair;

import org.jspecify.annotations.NullMarked;
