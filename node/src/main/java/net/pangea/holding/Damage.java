package net.pangea.holding;

import net.pangea.bytes.Sha256;
import net.pangea.protocol.PeerMessage.SegmentRange;

/** Shards of a column that were held here and are rotten or gone. They are no longer claimed. */
public record Damage(Sha256 object, int column, SegmentRange segments) {}
