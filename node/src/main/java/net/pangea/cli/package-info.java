/**
 * The command line of a node: {@link net.pangea.cli.Main}, a class for each verb, and
 * {@link net.pangea.cli.NodeMain}, a node's process alone.
 *
 * <p>Here, and nowhere else beside {@code machine.system}, a node and its user meet their process: arguments, files of
 * the user's, standard output and signals. Depends on all other packages of the node.
 */
@NullMarked
package net.pangea.cli;

import org.jspecify.annotations.NullMarked;
