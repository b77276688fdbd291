/**
 * Where state goes that does not fit on the heap: bytes by key, in RocksDB.
 *
 * <p>A {@link io.purlin.state.cold.ColdStore} is a job's: one database in a scratch directory, one
 * block cache, one account of write buffers. A {@link io.purlin.state.cold.ColdTable} is the part
 * of it that one live table writes to and reads from. Encoded cells come in, the same bytes come
 * out; whole windows are forgotten at once. {@link io.purlin.state.cold.ColdAccesses} says how
 * often a task's tables have touched the database. {@link io.purlin.state.cold.RecentValues} beside
 * it have for a while what was put last, to be read at less cost.
 *
 * <p>Nothing here survives the job by itself: there is no write-ahead log, and the directory is
 * deleted at the end, or by a later job when the process was killed. What must survive is in
 * checkpoints, which may hold a {@link io.purlin.state.cold.ColdCopy} of a store; another store is
 * opened from that, and finds in it the tables that are {@link io.purlin.state.cold.KeptTable
 * kept}.
 *
 * <p>Depends on RocksDB alone; never on cells, coders or pipelines. A store is used by any thread,
 * a table by its owner.
 */
@NullMarked
package io.purlin.state.cold;

import org.jspecify.annotations.NullMarked;
