/**
 * Jobs: run one plan, from launch to its end.
 *
 * <p>A plan and settings come in; tasks are wired, started, watched and stopped. Depends on plan,
 * task, exchange and metrics; knows nothing of Beam's transform tree. Threads meet here: the state
 * of a job may be asked for and changed by any thread.
 */
@NullMarked
package io.purlin.nativerunner.job;

import org.jspecify.annotations.NullMarked;
