/** Tests of the comparison that judges a run. */
@NullMarked
package io.purlin.pipelines.clickstream;

import org.jspecify.annotations.NullMarked;
