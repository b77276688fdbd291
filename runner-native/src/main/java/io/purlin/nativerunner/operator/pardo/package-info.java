/**
 * ParDo: elements, timers and windows' ends come in, user code is called for them.
 *
 * <p>{@link io.purlin.nativerunner.operator.pardo.ParDoFactory} makes the operator: with or without
 * state, and around it what the DoFn or the options ask for. Elements that must wait are kept in
 * {@link io.purlin.nativerunner.operator.pardo.WaitingElements}. Driven by one task's thread.
 */
@NullMarked
package io.purlin.nativerunner.operator.pardo;

import org.jspecify.annotations.NullMarked;
