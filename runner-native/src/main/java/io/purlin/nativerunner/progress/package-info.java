/**
 * A running job in the terminal that it was started from: a line, or a screen, that is drawn anew
 * each second; or lines in the log, where there is no terminal.
 *
 * <p>Views of the job come in, once a second and no more often; text goes out. What is shown is
 * made from figures alone ({@code Pace}, {@code BoundedText}, {@code UnboundedText}) and knows
 * nothing of terminals; what draws ({@code Screen}) knows nothing of jobs. Depends on view and sdk.
 * Threads meet in {@link io.purlin.nativerunner.progress.Progress} alone.
 */
@NullMarked
package io.purlin.nativerunner.progress;

import org.jspecify.annotations.NullMarked;
