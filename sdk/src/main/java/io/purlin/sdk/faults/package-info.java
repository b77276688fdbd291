/**
 * Places at which a test can end the process as a crash would, to see that a restart loses nothing.
 *
 * <p>In: the system property {@value io.purlin.sdk.faults.KillPoint#PROPERTY}, read once. Out:
 * nothing, or the end of the process. Depends on nothing; never decides anything else. Any thread
 * may pass a point.
 */
@NullMarked
package io.purlin.sdk.faults;

import org.jspecify.annotations.NullMarked;
