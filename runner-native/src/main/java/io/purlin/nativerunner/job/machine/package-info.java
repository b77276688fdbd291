/**
 * What a job takes from the machine that it runs on: time, chance, threads, waiting. The one seam
 * behind which all of it can be played from a seed.
 */
@NullMarked
package io.purlin.nativerunner.job.machine;

import org.jspecify.annotations.NullMarked;
