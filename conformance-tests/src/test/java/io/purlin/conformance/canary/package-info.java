/**
 * Secrets that are looked for wherever a job shows or keeps something: canaries, which are found by
 * searching all of its log, answers and files for them.
 *
 * <p>{@link io.purlin.conformance.canary.SecretiveProgram} is the job, which is run by the command
 * line in a process of its own; {@link io.purlin.conformance.canary.Canaries} are what must not be
 * found, and one that must.
 */
@NullMarked
package io.purlin.conformance.canary;

import org.jspecify.annotations.NullMarked;
