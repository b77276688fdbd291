/**
 * A real Kafka broker for {@code ./dev run} and for tests: one process of its own on loopback.
 *
 * <p>In: nothing but a folder for its data. Out: an address to connect to. May depend on {@code
 * process} alone: the broker's classes are on the class path of its process, never on ours. Every
 * object here belongs to the thread that uses it.
 */
@NullMarked
package io.purlin.pipelines.broker;

import org.jspecify.annotations.NullMarked;
