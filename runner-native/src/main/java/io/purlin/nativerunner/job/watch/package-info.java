/**
 * What a running job lets others see of it.
 *
 * <p>In come the parts of each attempt when it is wired, and what happens to the job; out goes a
 * {@link io.purlin.nativerunner.view.JobView}, made when somebody asks. Nothing here changes how a
 * job runs, and tasks do not know of it: their counts are read where they stand. Depends on view,
 * plan, chain, exchange, source, metrics and task's snapshots; never on job itself. Threads meet
 * here: the job's thread tells, any thread asks.
 */
@NullMarked
package io.purlin.nativerunner.job.watch;

import org.jspecify.annotations.NullMarked;
