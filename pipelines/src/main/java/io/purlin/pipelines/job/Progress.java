package io.purlin.pipelines.job;

import java.util.OptionalLong;

/**
 * How far a run is.
 *
 * @param in records read so far
 * @param out records written so far
 * @param watermarkLagMillis how far results lag behind the newest record read, in milliseconds of
 *     event time; empty while nothing is known
 */
public record Progress(long in, long out, OptionalLong watermarkLagMillis) {}
