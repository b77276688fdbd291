/** Tests of what is logged. */
@NullMarked
package io.purlin.pipelines.log;

import org.jspecify.annotations.NullMarked;
