/** Tests of the broker's process. */
@NullMarked
package io.purlin.pipelines.broker;

import org.jspecify.annotations.NullMarked;
