/**
 * Kafka for the engine: split source and exactly-once sink. Never sees the engine; both meet in the
 * sdk module.
 */
@NullMarked
package io.purlin.io.kafka;

import org.jspecify.annotations.NullMarked;
