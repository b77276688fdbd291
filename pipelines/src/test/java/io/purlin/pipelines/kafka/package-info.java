/** Tests of topics on a real broker. */
@NullMarked
package io.purlin.pipelines.kafka;

import org.jspecify.annotations.NullMarked;
