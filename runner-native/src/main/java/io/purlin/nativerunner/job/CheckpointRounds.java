package io.purlin.nativerunner.job;

import io.purlin.nativerunner.job.CheckpointStore.Draft;
import io.purlin.nativerunner.task.CheckpointSeat;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.task.TaskSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one attempt, one after the other.
 *
 * <p>A round: every task is asked for the checkpoint; when all have answered it is made durable,
 * then what belongs to it outside is committed, then the tasks are told. Invariant: at most one
 * round is open, and the next begins when every task has answered this one, so that no task meets
 * two barriers at once. When every task has ended, one last round makes what they did final, and
 * lets them go.
 *
 * <p>{@link #onTick} is called by the job's thread alone; tasks answer on their own threads.
 */
final class CheckpointRounds implements CheckpointSeat.Answers {
  /** Wakes the job's thread. */
  interface Wake {
    void run();
  }

  private final CheckpointStore store;
  private final long intervalMillis;
  private final Wake wake;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile @Nullable Draft draft;

  private List<CheckpointSeat> seats = List.of();
  private @Nullable TaskSnapshot constant;
  private long number;
  private long begunAt;
  private boolean last;
  private boolean over;

  /**
   * @param store where checkpoints go
   * @param intervalMillis from the beginning of one to that of the next
   * @param wake called when there is something to do before the next tick
   * @param nowMillis the time
   */
  CheckpointRounds(CheckpointStore store, long intervalMillis, Wake wake, long nowMillis) {
    this.store = store;
    this.intervalMillis = intervalMillis;
    this.wake = wake;
    this.begunAt = nowMillis;
    this.number = store.lastNumber();
  }

  /** Something that belongs to every checkpoint. */
  void always(TaskSnapshot part) {
    constant = part;
  }

  /** Who is asked; before the first tick. */
  void seats(List<CheckpointSeat> all) {
    seats = List.copyOf(all);
  }

  @Override
  public void snapshot(Task task, long checkpoint) throws Exception {
    Draft open = draft;
    if (open == null || checkpoint != number) {
      throw new IllegalStateException("nobody asked for checkpoint " + checkpoint);
    }
    open.add(task.snapshot());
    if (answered.incrementAndGet() == seats.size()) {
      wake.run();
    }
  }

  @Override
  public void ended(Task task) {
    if (ended.incrementAndGet() == seats.size()) {
      wake.run();
    }
  }

  /** When {@link #onTick} has something to do next, if nothing wakes it before. */
  long nextMillis() {
    return draft != null || over ? Long.MAX_VALUE : begunAt + intervalMillis;
  }

  /**
   * Does what there is to do.
   *
   * @return whether a checkpoint was committed
   * @throws IOException when the checkpoint cannot be kept; the attempt is to be given up
   */
  boolean onTick(long nowMillis) throws IOException {
    Draft open = draft;
    if (open != null) {
      if (answered.get() < seats.size()) {
        return false;
      }
      complete(open);
      return true;
    }
    boolean allEnded = ended.get() == seats.size();
    if (!over && (allEnded || nowMillis >= begunAt + intervalMillis)) {
      begin(nowMillis, allEnded);
    }
    return false;
  }

  private void begin(long nowMillis, boolean allEnded) throws IOException {
    number++;
    begunAt = nowMillis;
    last = allEnded;
    answered.set(0);
    Draft open = store.begin(number);
    if (constant != null) {
      open.add(constant);
    }
    draft = open;
    seats.forEach(seat -> seat.request(number));
  }

  private void complete(Draft open) throws IOException {
    open.prepare();
    open.commit();
    draft = null;
    seats.forEach(seat -> seat.commit(number));
    if (last) {
      over = true;
      seats.forEach(CheckpointSeat::release);
    }
  }
}
