/**
 * The facade of the engine, and its only public interface: {@code NativeRunner}, its registrars and
 * its result, which also tells what the engine has counted ({@code EngineCounters}) and at which
 * port the job can be looked at ({@code RestAddress}).
 *
 * <p>A pipeline comes in through {@code PipelineRunner.run}; a {@code PipelineResult} goes out.
 * Depends on translate, plan and job; nothing depends on it.
 */
@NullMarked
package io.purlin.nativerunner;

import org.jspecify.annotations.NullMarked;
