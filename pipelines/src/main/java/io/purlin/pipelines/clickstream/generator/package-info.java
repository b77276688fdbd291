/**
 * Clicks as they might come, and what a right pipeline makes of them.
 *
 * <p>In: a seed and a number. Out: clicks in the order of their arrival, and the expected page
 * views and sessions, computed without anything of the pipeline. Depends on {@code wire}, {@code
 * kafka} and {@code job}. Owner: the generator's thread; expected results are read by the main
 * thread once it has ended.
 */
@NullMarked
package io.purlin.pipelines.clickstream.generator;

import org.jspecify.annotations.NullMarked;
