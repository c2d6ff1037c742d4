/**
 * What is written down about objects, each with one encoding: {@link net.pangea.manifest.Manifest} what an object
 * consists of, {@link net.pangea.manifest.Header} what only its readers know, {@link net.pangea.manifest.Lease} how long
 * its owner wants it kept, {@link net.pangea.manifest.UploadTicket} the same for an object that is being put,
 * {@link net.pangea.manifest.Catalogue} what an owner has.
 *
 * <p>Depends on {@code keys}, {@code merkle} and {@code bytes}. Numbers are big-endian. These formats are immutable:
 * another layout gets another version byte.
 */
@NullMarked
package net.pangea.manifest;

import org.jspecify.annotations.NullMarked;
