/**
 * The structs of {@code pangea.capnp}, one class each: where its fields are, by hand. A message is a {@link
 * net.pangea.schema.PeerMessageStruct}.
 *
 * <p>They read and write what is there, within the segment, and judge nothing: bounds and meaning are the codec's. Readers
 * throw {@link org.capnproto.DecodeException}, and other unchecked exceptions of the runtime, for bytes that are no such
 * struct.
 *
 * <p>Depends on the Cap'n Proto runtime only, whose classes are to be extended; the format is
 * <a href="https://capnproto.org/encoding.html">Cap'n Proto's encoding</a>.
 */
@NullMarked
package net.pangea.schema;

import org.jspecify.annotations.NullMarked;
