/** Tests of the bytes on the wire. */
@NullMarked
package io.purlin.pipelines.clickstream.wire;

import org.jspecify.annotations.NullMarked;
