/**
 * The logical graph: vertices, edges, and on each edge how its elements are partitioned.
 *
 * <p>Made by translation, read by planning. Immutable, free of threads and of Beam's transform
 * tree; depends on the contracts of operators and sources alone.
 */
@NullMarked
package io.purlin.nativerunner.graph;

import org.jspecify.annotations.NullMarked;
