package io.purlin.nativerunner.view;

/**
 * Something that has failed the job, or an attempt to run it.
 *
 * @param atMillis when
 * @param task the task that failed; empty when it was none
 * @param exception class of what was thrown
 * @param stackTrace its message, where it was thrown, and its causes; cut when it is very long. It
 *     may name what the pipeline was configured with: to be masked before it is shown
 */
public record FailureView(long atMillis, String task, String exception, String stackTrace) {}
