/**
 * Keys, and what is done with them: {@link net.pangea.keys.MasterKey} is the one secret of an owner, from which the
 * signing key and the key that wraps data keys follow; {@link net.pangea.keys.DataKey} is the secret of one object;
 * {@link net.pangea.keys.KeyFile} is where a node keeps its {@link net.pangea.keys.Keys}.
 *
 * <p>Depends on {@code bytes}, {@code ces} and {@code machine}. Ed25519 is Bouncy Castle's.
 */
@NullMarked
package net.pangea.keys;

import org.jspecify.annotations.NullMarked;
