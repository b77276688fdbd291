/**
 * What a job looks like at one moment: immutable records, and the rates between two of them.
 *
 * <p>Made by {@code job} when somebody asks, read by {@code web} and whoever else shows a job to
 * people. Depends on nothing of the engine. Times are milliseconds since the epoch where they say
 * when, milliseconds where they say how long; what is not known is {@link
 * io.purlin.nativerunner.view.JobView#UNKNOWN}.
 */
@NullMarked
package io.purlin.nativerunner.view;

import org.jspecify.annotations.NullMarked;
