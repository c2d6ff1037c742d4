/**
 * The crash-safe store of a node: bytes under keys, in a log that is only ever appended to. Entry type: {@link
 * net.pangea.store.LogStore}.
 *
 * <p><b>Form.</b> A store is a directory of log files. A file is a header sector and records; a record is a header,
 * which says what, where and when, and content in blocks of 16 KiB, all under CRC32C (see {@code RecordFormat}). An index
 * in memory says where each key's newest content stands, as in Bitcask. A full file is closed, gets a hint beside it
 * that lists its records, and is later compacted, as in a log-structured file system. Whoever wants to write waits
 * with all others for one write and one sync.
 *
 * <p><b>Why nothing acknowledged is lost.</b> The disk promises little (see {@link net.pangea.machine.Disk}): until a
 * sync any sector may be old or new, until a directory's sync any name may be there or not, and after a failed sync
 * nothing is known. The store relies on that little only:
 *
 * <ol>
 *   <li><em>Acknowledged is durable.</em> A call returns after the sync of the file that holds its records and, if that
 *       file is new, the sync of the directory. Nothing durable is ever overwritten; a file is deleted only when what
 *       counts in it is durable elsewhere.
 *   <li><em>One group is open at a time.</em> A group is written after the sync of the one before, and each record says
 *       how far its file was durable then. So all damage before the highest such place is rot, and a write that was
 *       cut off can only be behind it: in the last group. Rot is counted and reported, a cut-off write is dropped.
 *       That is what "Protocol-Aware Recovery" calls disentangling crash from corruption. Only rot in the very last
 *       group before a crash looks like a cut-off write; its records were never followed by any other.
 *   <li><em>The last group is copied, not trusted.</em> When a store is opened, complete batches behind that place count,
 *       since they may be acknowledged. But they may stand in the system's memory only, after a failed sync even for
 *       good. They are written anew, in one batch with a SEAL that ends the old file where it was durable.
 *   <li><em>A failed sync ends a file.</em> The next one begins with a SEAL, the group is written there again, and only
 *       then acknowledged. The same file is never synced again.
 *   <li><em>All or nothing.</em> Each record says how many its batch has and which of them it is. Behind the durable
 *       place a batch counts only if every byte of it is right. A batch that was refused for lack of room is cut off
 *       durably before it is refused.
 *   <li><em>The highest sequence counts.</em> A sequence is the number of the file a record was first written to and its
 *       number there. File numbers only grow, copies keep their sequence, and removal is a record too, which is kept
 *       as long as any other record of its key is on the disk. So it does not matter in which order records are
 *       found, a copy and its original are the same, and no earlier content of a key comes back.
 *   <li><em>Rot hides only itself.</em> Records begin at sectors, so a walk goes on behind damage. What the headers of a
 *       group say is said again in its summary and, for closed files, in the hint: a rotten header does not hide that
 *       its key had content, so no older content passes for the newest.
 *   <li><em>A record belongs to one place.</em> Its header names file, sector and a nonce drawn for the file; the checksums
 *       of its blocks stand in it. So a write that went astray, one that was lost and left old bytes, and a block of
 *       another record are all noticed where they are read.
 * </ol>
 *
 * <p><b>What cannot be had.</b> What a disk loses after it has reported a sync, or overwrites later, is lost; it is found
 * damaged, or missing from a place that is reported as damaged. Repair from other nodes is the caller's.
 *
 * <p><b>Full disk.</b> New content leaves room for one log file, which copies may use. Removing needs at most what the
 * spare file has taken in advance.
 *
 * <p>Sources: Sheehy and Smith, "Bitcask: A Log-Structured Hash Table for Fast Key/Value Data", 2010; Rosenblum and
 * Ousterhout, "The Design and Implementation of a Log-Structured File System", ACM TOCS 1992; Pillai et al., "All File
 * Systems Are Not Created Equal", OSDI 2014; Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage",
 * FAST 2018; Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020; Bairavasundaram et al., "An
 * Analysis of Data Corruption in the Storage Stack", FAST 2008.
 *
 * <p>Depends on {@code machine} and {@code bytes}.
 */
@NullMarked
package net.pangea.store;

import org.jspecify.annotations.NullMarked;
