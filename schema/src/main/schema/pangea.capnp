# What nodes say to each other.
#
# This file is the contract. A message is one PeerMessage in the standard stream framing of Cap'n Proto
# (https://capnproto.org/encoding.html), unpacked, in a single segment; docs/formats.md says how it travels.
#
# Rules of change: an ordinal (@n) is never reused and never changes its type. What is new is added at the end, with a
# default that means what was meant before. A reader ignores fields that it does not know, and refuses a message of a
# kind that it does not know.
#
# Hashes, owners and keys are Data of 32 bytes. Times are milliseconds since 1970. What is signed, or named by its hash,
# travels as its exact bytes, whose layouts docs/formats.md gives: manifest, sealed header, lease, upload ticket,
# column index.

@0x9e3ffe30e13dbc99;

struct PeerMessage {
  # One request or one reply. Every request is answered by one reply, and may be asked again without harm.
  # refused may answer anything.

  union {
    hello @0 :Void;
    # Who are you: welcome.

    welcome @1 :Welcome;

    openUpload @2 :Data;
    # Take shards under this upload ticket's placement key: accepted once that is durable.

    openRepair @3 :ObjectDocuments;
    # Take rebuilt shards of this object, whose owner's lease stands for a ticket: accepted.

    storeShard @4 :StoreShard;
    # accepted once it is durable.

    commitColumns @5 :CommitColumns;
    # accepted once all is durable, or missing.

    fetchManifest @6 :Data;
    # What is public of the object with this id: objectKnown or notFound.

    objectKnown @7 :ObjectDocuments;

    fetchHoldings @8 :List(Data);
    # What do you hold of the objects with these ids: holdings, one entry for each, in order.

    holdings @9 :List(Holding);

    fetchShard @10 :FetchShard;
    # shardFound or notFound.

    shardFound @11 :ShardFound;

    audit @12 :Audit;
    # auditAnswer or notFound.

    auditAnswer @13 :List(ProvenBlock);
    # One entry for each probe, in order.

    putLease @14 :Data;
    # Take this newer lease of an object you know, or this deletion of any: accepted.

    retired15 @15 :Data;
    retired16 @16 :Data;
    retired17 @17 :Data;
    # Catalogue pointers, which are values of the DHT now: refused as unknown.

    accepted @18 :Void;
    # It is done, and durable.

    notFound @19 :Void;
    # It is not here, or no longer readable here.

    missing @20 :List(HeldRange);
    # These shards are not here, or not what the index names; store them again.

    refused @21 :Refused;

    fetchChanges @22 :FetchChanges;
    # What has changed in what you hold since you last told me: changes.

    changes @23 :Changes;

    announceObject @24 :Data;
    # Say in the DHT that you hold this object: accepted once a peer there knows it, notFound, or refused.
  }
}

struct Welcome {
  # What a node says of itself; nothing of it is proven.

  name @0 :Text;
  owner @1 :Data;
  # For whom it stores.
  zone @2 :Text;
  # Its configured failure domain, empty if it has none.
  nowMillis @3 :UInt64;
  freeBytes @4 :UInt64;
  # What it would still take.
}

struct ObjectDocuments {
  # What is public of an object.

  manifest @0 :Data;
  sealedHeader @1 :Data;
  lease @2 :Data;
  # The newest one known; it may be a deletion.
}

struct StoreShard {
  placementKey @0 :Data;
  # Of an upload or repair that was opened before.
  column @1 :UInt16;
  segment @2 :UInt32;
  shard @3 :Data;
}

struct CommitColumns {
  # Keep these shards, stored before, as part of this object.

  object @0 :ObjectDocuments;
  columns @1 :List(HeldColumn);
}

struct HeldColumn {
  # A column, or a part of one, with the index of the whole column.

  column @0 :UInt16;
  index @1 :Data;
  ranges @2 :List(SegmentRange);
}

struct HeldRange {
  # Segments of a column, at least one.

  column @0 :UInt16;
  ranges @1 :List(SegmentRange);
}

struct SegmentRange {
  # Consecutive segments.

  first @0 :UInt32;
  count @1 :UInt32;
  # At least one.
}

struct Holding {
  # What a node claims to hold of one object.

  leaseSequence @0 :UInt64;
  # Of the newest lease it knows; 0 if it does not know the object.
  deleted @1 :Bool;
  # Whether that lease is a deletion.
  columns @2 :List(HeldRange);
}

struct FetchChanges {
  # What has changed in what you hold since you said this mark, and what do you hold of these objects.

  life @0 :UInt64;
  change @1 :UInt64;
  # The mark of the last answer; zeros if there was none.
  objects @2 :List(Data);
  # Ids of objects of which the asker does not know what was said before; may be none.
}

struct Changes {
  # Tells the asker all that is not yet in what it remembers of earlier answers.

  life @0 :UInt64;
  # Of the node that answers, another one after each start.
  change @1 :UInt64;
  # With life the mark: whoever comes back with it is told what has changed since.
  unbroken @2 :Bool;
  # Whether what changed since the asker's mark is all in changed. If not, what was said before counts for nothing.
  changed @3 :List(Tag);
  # Objects of which something else is held now.
  changedHoldings @4 :List(Holding);
  # One entry for each of changed, in order.
  objects @5 :List(Holding);
  # One entry for each object that was asked about, in order; fewer if a message has no room for more.
}

struct Tag {
  # The first 16 bytes of the SHA-256 of an object's id: names it to those who know the id, and to nobody else.

  high @0 :UInt64;
  low @1 :UInt64;
}

struct FetchShard {
  # Give one of these columns' shards of a segment, the first one there is.

  object @0 :Data;
  segment @1 :UInt32;
  columns @2 :List(UInt16);
  # In the order of preference, at least one.
}

struct ShardFound {
  column @0 :UInt16;
  segment @1 :UInt32;
  inColumn @2 :Data;
  # Hashes from the shard's leaf up to the column's root, 32 bytes each.
  shard @3 :Data;
}

struct Audit {
  # Give these blocks of a column, to prove that it is held.

  object @0 :Data;
  column @1 :UInt16;
  probes @2 :List(Probe);
}

struct Probe {
  segment @0 :UInt32;
  block @1 :UInt32;
  # Beyond the shard's end it means the shard's last block.
}

struct ProvenBlock {
  segment @0 :UInt32;
  block @1 :UInt32;
  shardBytes @2 :UInt32;
  inShard @3 :Data;
  # Hashes from the block up to the shard's root, 32 bytes each.
  shardRoot @4 :Data;
  inColumn @5 :Data;
  # Hashes from the shard's leaf up to the column's root, 32 bytes each.
  bytes @6 :Data;
}

struct Refused {
  # It was not done.

  why @0 :Refusal;
  text @1 :Text;
  # For people: what was wrong and what to do.
}

enum Refusal {
  unspecified @0;
  # Never sent.
  ownerNotAccepted @1;
  # The owner is not on the list, and what unknown owners may take is taken.
  quotaExceeded @2;
  # The owner has used up the quota.
  full @3;
  # The disk is full.
  unknownUpload @4;
  # No upload or repair was opened under this placement key, or it has expired.
  notAuthentic @5;
  # A signature is wrong, or not this object's owner's.
  stale @6;
  # A lease of the same or a higher sequence is known.
  deleted @7;
  # The object is deleted.
  unknownObject @8;
  # The object is not known here.
  badRequest @9;
  # The request makes no sense.
  nodeBroken @10;
  # The node itself has failed, for instance its disk.
  expired @11;
  # It has expired.
  notAnnounced @12;
  # Nobody in the DHT has noted that it is here.
}
