/** The command line as a user meets it: runs that succeed and runs that fail. */
@NullMarked
package io.purlin.pipelines;

import org.jspecify.annotations.NullMarked;
