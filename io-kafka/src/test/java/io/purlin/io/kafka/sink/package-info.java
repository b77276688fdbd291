/** Tests of the sink that need no broker; those that do are in the conformance tests. */
@NullMarked
package io.purlin.io.kafka.sink;

import org.jspecify.annotations.NullMarked;
