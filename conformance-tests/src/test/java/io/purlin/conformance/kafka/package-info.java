/** The Kafka connector against a broker in a process of its own: commits, crashes, zombies. */
@NullMarked
package io.purlin.conformance.kafka;

import org.jspecify.annotations.NullMarked;
