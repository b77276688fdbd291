/** Tests of the generated clicks. */
@NullMarked
package io.purlin.pipelines.clickstream.generator;

import org.jspecify.annotations.NullMarked;
