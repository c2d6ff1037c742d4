/**
 * Tests over the whole repository: every scenario file runs, the arrows between packages hold, the tree is tidy.
 *
 * <p>They see all modules but {@code bench}, and know the repository's root from the system property
 * {@code pangea.root}.
 */
@NullMarked
package net.pangea.scenarios;

import org.jspecify.annotations.NullMarked;
