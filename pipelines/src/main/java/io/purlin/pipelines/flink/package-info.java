/**
 * A Flink cluster for {@code ./dev run} and for tests: a job manager and a task manager, each a
 * process of its own on loopback, and the client that submits a jar to them.
 *
 * <p>In: the class path of a cluster, a jar and its arguments. Out: an exit code, and what the jar
 * prints. May depend on {@code process} alone: Flink's classes are on the class path of its
 * processes, never on ours. Every object here belongs to the thread that uses it.
 */
@NullMarked
package io.purlin.pipelines.flink;

import org.jspecify.annotations.NullMarked;
