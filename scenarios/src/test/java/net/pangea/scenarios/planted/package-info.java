/**
 * Bugs planted in the node, which the scenarios have to find: patches, the JVMs that run with them, and the page that says how
 * they were found.
 */
@NullMarked
package net.pangea.scenarios.planted;

import org.jspecify.annotations.NullMarked;
