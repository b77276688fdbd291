/**
 * What the command line asks of a runner that it does not compile against.
 *
 * <p>{@link io.purlin.sdk.tool.RunnerTools} is found by {@link java.util.ServiceLoader}. Depends on
 * the JDK alone; implemented by the runner, used by module {@code pipelines}.
 */
@NullMarked
package io.purlin.sdk.tool;

import org.jspecify.annotations.NullMarked;
