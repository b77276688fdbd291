/**
 * The native runner against the reference, on pipelines that are drawn from seeds.
 *
 * <p>{@code draw} makes a {@code recipe} of {@code step}s; a {@link
 * io.purlin.conformance.differential.Trial} runs it on Beam's DirectRunner and in every {@link
 * io.purlin.conformance.differential.Setup} on the native runner; what differs is made smaller by
 * {@link io.purlin.conformance.differential.Shrinking}. Depends on both runners.
 *
 * <p>Threads: one seed after another; runners have threads of their own.
 */
@NullMarked
package io.purlin.conformance.differential;

import org.jspecify.annotations.NullMarked;
