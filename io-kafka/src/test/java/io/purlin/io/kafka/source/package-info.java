/** Tests of the Kafka source against a cluster in memory. */
@NullMarked
package io.purlin.io.kafka.source;

import org.jspecify.annotations.NullMarked;
