/**
 * JMH benchmarks of single mechanisms of the engine, through its real factories.
 *
 * <p>May depend on every module; nothing depends on it. Each benchmark owns its threads.
 */
@NullMarked
package io.purlin.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
