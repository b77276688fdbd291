/**
 * Pipelines that a user would really run, and the command line that runs them.
 *
 * <p>In: arguments. Out: an exit code, a live progress line and a summary. This package is the
 * command line alone; the pipelines are in the packages below it and know nothing of it. No package
 * here imports a runner: one is chosen by flag and found by name. Everything here runs on the main
 * thread.
 */
@NullMarked
package io.purlin.pipelines;

import org.jspecify.annotations.NullMarked;
