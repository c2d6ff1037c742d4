/**
 * The command line of one node process: {@link net.pangea.cli.NodeMain}.
 *
 * <p>Here, and nowhere else beside {@code machine.system}, a node meets its process: arguments, standard output
 * and signals. Depends on {@code node} and {@code machine.system}.
 */
@NullMarked
package net.pangea.cli;

import org.jspecify.annotations.NullMarked;
