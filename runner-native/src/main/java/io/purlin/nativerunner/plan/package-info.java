/**
 * Planning: logical graph in, chains, tasks and exchanges out. A pure function of graph and
 * options; {@code --explain} prints its result.
 *
 * <p>Depends on graph alone; no thread, no input or output.
 */
@NullMarked
package io.purlin.nativerunner.plan;

import org.jspecify.annotations.NullMarked;
