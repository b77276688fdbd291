/** Pipelines that a user would really run, and the command line. Never imports a runner. */
@NullMarked
package io.purlin.pipelines;

import org.jspecify.annotations.NullMarked;
