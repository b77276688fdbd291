/**
 * {@code Clickstream}: the main pipeline. Clicks become page views by minute and user sessions.
 *
 * <p>In: a topic of clicks in Avro, some late, out of order or repeated. Out: two topics in Avro.
 * Depends on the Beam SDK, KafkaIO, {@code kafka} and {@code job}, and for the generated runs of
 * the command line on {@code generator}; never on a runner. DoFns belong to the runner's threads,
 * {@code ClickstreamRun} to the main thread.
 *
 * <p>Why the results do not depend on timing: a click that arrived (its record's timestamp) more
 * than the allowed delay after it happened is dropped by that rule alone. The watermark is never
 * ahead of the newest click of any partition, and no click is newer than its arrival, so what the
 * rule lets through is never later than the allowed delay, which is also the windows' allowed
 * lateness and how long repeats are remembered. No window drops anything, no repeat is missed, and
 * sessions merge whenever their clicks say so.
 */
@NullMarked
package io.purlin.pipelines.clickstream;

import org.jspecify.annotations.NullMarked;
