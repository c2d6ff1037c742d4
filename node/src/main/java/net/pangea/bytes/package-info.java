/**
 * Values made of bytes: immutable {@link net.pangea.bytes.Bytes}, {@link net.pangea.bytes.Sha256} hashes, and
 * the bounded reader and writer from which every binary format of a node is built.
 *
 * <p>Pure; depends on nothing of ours.
 */
@NullMarked
package net.pangea.bytes;

import org.jspecify.annotations.NullMarked;
