/**
 * What the compiler makes of the engine: which calls it can neither inline nor bind, because too
 * many classes come along at them.
 *
 * <p>{@code CallSitesTest} runs {@code ManySteps} in a process of its own that writes the
 * compiler's log, and looks at the calls in that log. One thread.
 */
@NullMarked
package io.purlin.conformance.compiled;

import org.jspecify.annotations.NullMarked;
