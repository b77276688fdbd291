/**
 * What a process costs that has nothing to do: from its start to its end, and while it waits.
 *
 * <p>{@code StartComparison} starts {@code EmptyProgram} again and again, with and without an
 * archive of its classes; {@code IdleComparison} watches {@code IdleProgram}, whose source {@code
 * Silence} never has anything. The parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
