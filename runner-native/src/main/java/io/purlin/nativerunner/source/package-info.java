/**
 * Sources: splits and their readers, read batch-wise by a task.
 *
 * <p>Records come in from Beam's bounded and unbounded sources and from those of connectors;
 * elements go out to the head of a chain, and a watermark. Depends on element and time; never on
 * task, exchange or operators. A reader belongs to one task's thread; what readers of a source
 * share is a queue of splits.
 */
@NullMarked
package io.purlin.nativerunner.source;

import org.jspecify.annotations.NullMarked;
