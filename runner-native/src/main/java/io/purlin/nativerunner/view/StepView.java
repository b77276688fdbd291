package io.purlin.nativerunner.view;

/**
 * A step in a chain.
 *
 * @param name full name of the Beam transform
 * @param note what is to be known about how it runs; may be empty
 * @param outputWatermarkMillis what it has told those behind it, in event time: the lowest of all
 *     subtasks, the beginning of time at first
 */
public record StepView(String name, String note, long outputWatermarkMillis) {}
