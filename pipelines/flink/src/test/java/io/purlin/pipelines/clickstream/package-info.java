/** Clicks that two runs of {@code Clickstream} share between them. */
@NullMarked
package io.purlin.pipelines.clickstream;

import org.jspecify.annotations.NullMarked;
