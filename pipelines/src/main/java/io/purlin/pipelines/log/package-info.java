/**
 * What the programs of this module log, and how: lines of text, or an object of JSON each.
 *
 * <p>In: calls of SLF4J from libraries and the runner. Out: lines on standard error, without
 * secrets ({@link io.purlin.sdk.secret.Secrets}). The command line names {@link
 * io.purlin.pipelines.log.LogProvider} to SLF4J; nothing finds it by itself, so that other programs
 * keep their own. Levels are read once, from the properties that slf4j-simple has, too. Any thread
 * may log.
 */
@NullMarked
package io.purlin.pipelines.log;

import org.jspecify.annotations.NullMarked;
