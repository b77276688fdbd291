/**
 * Translation: a Beam pipeline comes in, a logical graph goes out.
 *
 * <p>The only place that sees Beam's transform tree. One small translator per primitive; what
 * cannot be run is refused here, by name, before anything starts. Depends on graph, and on the
 * factories of operators, windows and sources; nothing here runs once the job does.
 */
@NullMarked
package io.purlin.nativerunner.translate;

import org.jspecify.annotations.NullMarked;
