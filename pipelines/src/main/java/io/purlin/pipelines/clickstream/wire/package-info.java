/**
 * The Avro records of the clickstream topics.
 *
 * <p>In and out: values and their bytes, as the {@code .avsc} files beside this package say.
 * Depends on Avro and the Beam SDK's schema annotations alone. A {@code WireReader} or {@code
 * WireWriter} belongs to one thread; values are immutable.
 */
@NullMarked
package io.purlin.pipelines.clickstream.wire;

import org.jspecify.annotations.NullMarked;
