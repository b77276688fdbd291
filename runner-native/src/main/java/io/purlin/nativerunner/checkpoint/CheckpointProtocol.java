package io.purlin.nativerunner.checkpoint;

import io.purlin.nativerunner.checkpoint.Decision.Abort;
import io.purlin.nativerunner.checkpoint.Decision.CommitSinks;
import io.purlin.nativerunner.checkpoint.Decision.DeleteOlder;
import io.purlin.nativerunner.checkpoint.Decision.FailJob;
import io.purlin.nativerunner.checkpoint.Decision.NoteCommitted;
import io.purlin.nativerunner.checkpoint.Decision.NotifySources;
import io.purlin.nativerunner.checkpoint.Decision.PrepareSinks;
import io.purlin.nativerunner.checkpoint.Decision.TriggerBarrier;
import io.purlin.nativerunner.checkpoint.Decision.WriteManifest;
import io.purlin.sdk.connector.CheckpointId;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a job's checkpoints: facts in, decisions out. No thread, no file, no clock; the
 * same facts give the same decisions.
 *
 * <p>Order within a checkpoint: barrier, acknowledgements, flush of the sinks, durable manifest
 * (prepared), external commit (the commit point), local note, then sources are told and older
 * checkpoints deleted. At most one checkpoint is on its way. A fact about any other is late and
 * ignored. When all tasks have finished, one last checkpoint commits what they left.
 *
 * <p>Before it is prepared a checkpoint may be given up; afterwards only the commit decides, and if
 * its outcome is not known the job fails and a restart finds out. With sinks that commit, a
 * checkpoint cannot be given up without the job, because their epoch has ended and belongs to it.
 *
 * <p>Owned by the thread that supervises the job; lives from one start of the job to its next.
 */
public final class CheckpointProtocol {
  /** The first checkpoint after a restart comes so many times sooner than others. */
  private static final int SOONER = 10;

  /** The checkpoint on its way. Owned by the protocol. */
  private static final class Round {
    final CheckpointId id;
    final BitSet awaited;
    final boolean last;
    CheckpointState state = CheckpointState.TRIGGERED;
    long deadlineMillis;

    Round(CheckpointId id, BitSet awaited, long deadlineMillis) {
      this.id = id;
      this.awaited = awaited;
      this.last = awaited.isEmpty();
      this.deadlineMillis = deadlineMillis;
    }

    void become(CheckpointState next) {
      if (!state.mayBecome(next)) {
        throw new IllegalStateException("checkpoint " + id + " is " + state + ", not yet " + next);
      }
      state = next;
    }
  }

  private final CheckpointSettings settings;
  private final boolean commitsSinks;
  private final Supplier<String> tokens;
  private final BitSet running = new BitSet();
  private long number;
  private long dueMillis = Long.MAX_VALUE;
  private int failuresInARow;
  private boolean requested;
  private boolean ended;
  private @Nullable Round round;

  /**
   * A protocol for a job that starts now.
   *
   * @param tasks how many tasks run, named 0 to {@code tasks - 1}
   * @param commitsSinks whether the job has sinks whose external commit decides
   * @param last number of the checkpoint that was restored or committed at the start
   * @param tokens random halves of the identities
   */
  public CheckpointProtocol(
      CheckpointSettings settings,
      int tasks,
      boolean commitsSinks,
      long last,
      Supplier<String> tokens) {
    this.settings = settings;
    this.commitsSinks = commitsSinks;
    this.tokens = tokens;
    this.number = last;
    running.set(0, tasks);
  }

  /** The checkpoint on its way and where it stands. */
  public Optional<CheckpointState> state() {
    return Optional.ofNullable(round).map(each -> each.state);
  }

  /**
   * Whether nothing will be decided any more: the last checkpoint is committed or the job fails.
   */
  public boolean ended() {
    return ended;
  }

  /**
   * All tasks have begun to work; none comes by itself before.
   *
   * @param goesOn whether the job goes on from a checkpoint: the first one comes sooner then, since
   *     those who wait for its output have waited for the restart
   */
  public void opened(boolean goesOn, long nowMillis) {
    dueMillis = nowMillis + settings.intervalMillis() / (goesOn ? SOONER : 1);
  }

  /** Time has passed. Best called when {@link #nextTickMillis} says, at any time in any case. */
  public List<Decision> tick(long nowMillis) {
    if (ended) {
      return List.of();
    }
    if (round == null) {
      return requested || running.isEmpty() || nowMillis >= dueMillis
          ? trigger(nowMillis)
          : List.of();
    }
    if (nowMillis < round.deadlineMillis) {
      return List.of();
    }
    return failed(
        round.id,
        "not "
            + (round.state.mayBecome(CheckpointState.ABORTED) ? "durable" : "committed")
            + " within "
            + settings.timeoutMillis()
            + " ms (was "
            + round.state
            + ", "
            + round.awaited.cardinality()
            + " tasks to acknowledge)",
        nowMillis);
  }

  /** When the next tick can decide something, ms; {@link Long#MAX_VALUE} for never. */
  public long nextTickMillis() {
    if (ended) {
      return Long.MAX_VALUE;
    }
    return round == null ? dueMillis : round.deadlineMillis;
  }

  /** Somebody wants a checkpoint at once, or as soon as the one on its way has ended. */
  public List<Decision> requested(long nowMillis) {
    requested = true;
    return round == null ? tick(nowMillis) : List.of();
  }

  /** A task has handed over its snapshot. */
  public List<Decision> acknowledged(int task, CheckpointId id) {
    Round each = current(id);
    if (each == null || each.state != CheckpointState.TRIGGERED) {
      return List.of();
    }
    each.awaited.clear(task);
    return whenAllAcknowledged(each);
  }

  /** A task has ended well. Its end is its snapshot for this and all later checkpoints. */
  public List<Decision> finished(int task, long nowMillis) {
    running.clear(task);
    Round each = round;
    if (each == null) {
      return running.isEmpty() ? tick(nowMillis) : List.of();
    }
    if (ended || each.state != CheckpointState.TRIGGERED) {
      return List.of();
    }
    each.awaited.clear(task);
    return whenAllAcknowledged(each);
  }

  /** The sinks are flushed and every send was acknowledged. */
  public List<Decision> sinksPrepared(CheckpointId id) {
    Round each = current(id);
    if (each == null) {
      return List.of();
    }
    if (each.state != CheckpointState.ACKNOWLEDGED) {
      throw new IllegalStateException("checkpoint " + id + " is " + each.state);
    }
    return List.of(new WriteManifest(id));
  }

  /** Files and manifest are durable. */
  public List<Decision> written(CheckpointId id, long nowMillis) {
    Round each = current(id);
    if (each == null) {
      return List.of();
    }
    each.become(CheckpointState.PREPARED);
    each.deadlineMillis = nowMillis + settings.timeoutMillis();
    return List.of(commitsSinks ? new CommitSinks(id) : new NoteCommitted(id));
  }

  /** The external system has committed. */
  public List<Decision> sinksCommitted(CheckpointId id) {
    Round each = current(id);
    if (each == null) {
      return List.of();
    }
    each.become(CheckpointState.COMMITTED);
    return List.of(new NoteCommitted(id));
  }

  /** The note that the checkpoint is committed is durable. */
  public List<Decision> noted(CheckpointId id, long nowMillis) {
    Round each = current(id);
    if (each == null) {
      return List.of();
    }
    if (!commitsSinks) {
      each.become(CheckpointState.COMMITTED);
    } else if (each.state != CheckpointState.COMMITTED) {
      throw new IllegalStateException("checkpoint " + id + " noted while " + each.state);
    }
    failuresInARow = 0;
    over(nowMillis);
    ended = each.last;
    return List.of(new NotifySources(id), new DeleteOlder(id, settings.retained()));
  }

  /**
   * Something that the checkpoint needs was refused or failed, at any point.
   *
   * @param reason who failed at what, for people
   */
  public List<Decision> failed(CheckpointId id, String reason, long nowMillis) {
    Round each = current(id);
    if (each == null) {
      return List.of();
    }
    if (!each.state.mayBecome(CheckpointState.ABORTED)) {
      ended = true;
      return List.of(new FailJob(id, reason));
    }
    each.become(CheckpointState.ABORTED);
    failuresInARow++;
    over(nowMillis);
    Abort abort = new Abort(id, reason);
    if (!commitsSinks && failuresInARow <= settings.tolerableFailures()) {
      return List.of(abort);
    }
    ended = true;
    return List.of(abort, new FailJob(id, reason));
  }

  private List<Decision> trigger(long nowMillis) {
    requested = false;
    number++;
    CheckpointId id = new CheckpointId(number, tokens.get());
    Round each = new Round(id, (BitSet) running.clone(), nowMillis + settings.timeoutMillis());
    round = each;
    dueMillis = nowMillis + settings.intervalMillis();
    TriggerBarrier barrier = new TriggerBarrier(id, each.last);
    return each.last ? List.of(barrier, acknowledgedByAll(each)) : List.of(barrier);
  }

  private List<Decision> whenAllAcknowledged(Round each) {
    return each.awaited.isEmpty() ? List.of(acknowledgedByAll(each)) : List.of();
  }

  private Decision acknowledgedByAll(Round each) {
    each.become(CheckpointState.ACKNOWLEDGED);
    return commitsSinks ? new PrepareSinks(each.id) : new WriteManifest(each.id);
  }

  private @Nullable Round current(CheckpointId id) {
    Round each = round;
    return each == null || ended || !each.id.equals(id) ? null : each;
  }

  private void over(long nowMillis) {
    round = null;
    long rested = nowMillis + settings.minPauseMillis();
    dueMillis = requested || running.isEmpty() ? nowMillis : Math.max(dueMillis, rested);
  }
}
