package net.pangea.repair;

import net.pangea.protocol.Peer;

/** What a peer says it holds of one column of an object. */
record Claim(Peer peer, int column, Coverage segments) {}
