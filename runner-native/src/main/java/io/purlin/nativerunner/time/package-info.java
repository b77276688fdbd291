/**
 * Time: watermark merging, holds, timers, and the clock.
 *
 * <p>Output watermark = max(previous, min(input watermark, holds)); input watermark = min over the
 * channels that are not idle. Pure classes: no thread, no input or output. Depends on element at
 * most; never on operators or tasks.
 */
@NullMarked
package io.purlin.nativerunner.time;

import org.jspecify.annotations.NullMarked;
