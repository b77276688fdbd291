/**
 * Task to task: partition, batch, bounded ring with credits; merging watermarks on the other side.
 *
 * <p>Elements come in from the end of a chain and go out at the head of another. A credit is a free
 * batch slot of the receiver; granted = free + in flight, always. How full batches are says the
 * receiver, so that what is queued is a tenth of a second of its work. Depends on element, time and
 * metrics; never on operators. One of the few places where threads meet: each channel has exactly
 * one producing and one consuming thread.
 */
@NullMarked
package io.purlin.nativerunner.exchange;

import org.jspecify.annotations.NullMarked;
