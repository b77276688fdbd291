package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.CheckpointProtocol;
import io.purlin.nativerunner.checkpoint.Decision;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.job.watch.CheckpointLog;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.task.CheckpointSeat;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.faults.KillPoint;
import io.purlin.state.StateMemory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one attempt: brings facts to the protocol and carries out what it decides.
 *
 * <p>Tasks that have ended take part until all have, so that their sinks end their epochs with
 * everyone's; then one last checkpoint, the end of the job, makes what they did final, and lets
 * them go.
 *
 * <p>{@link #onTick} is called by the job's thread alone; tasks answer on their own threads, by the
 * queue of facts.
 */
final class CheckpointRounds {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointRounds.class);

  /** Wakes the job's thread. */
  interface Wake {
    void run();
  }

  /** What a task has to say. */
  private sealed interface Fact {
    record Acknowledged(int task, long checkpoint, TaskSnapshot part) implements Fact {}

    record Ended(TaskSnapshot left) implements Fact {}
  }

  private final CheckpointProtocol protocol;
  private final CheckpointStore store;
  private final JobSinks sinks;
  private final Clock clock;
  private final Wake wake;
  private final Queue<Fact> facts = new ConcurrentLinkedQueue<>();
  private final List<CheckpointSeat> seats = new ArrayList<>();
  private final List<TaskSnapshot> always = new ArrayList<>();
  private CheckpointLog log = new CheckpointLog();

  private final List<TaskSnapshot> parts = new ArrayList<>();
  private final List<TaskSnapshot> ended = new ArrayList<>();
  private @Nullable StateCopies copies;
  private @Nullable StateMemory memory;
  private @Nullable CheckpointId open;
  private boolean last;
  private long triggeredAt;
  private int committed;
  private long newest;
  private long stopAt = Long.MAX_VALUE;
  private @Nullable Exception refusal;

  /**
   * @param protocol of as many tasks as will take a seat
   * @param last number of the checkpoint that the attempt starts from
   * @param store where checkpoints go
   * @param sinks what is committed with them
   * @param clock for the protocol
   * @param wake called when there is something to do before the next tick
   */
  CheckpointRounds(
      CheckpointProtocol protocol,
      long last,
      CheckpointStore store,
      JobSinks sinks,
      Clock clock,
      Wake wake) {
    this.newest = last;
    this.protocol = protocol;
    this.store = store;
    this.sinks = sinks;
    this.clock = clock;
    this.wake = wake;
  }

  /** Where it is noted what becomes of checkpoints. Before the first tick. */
  void notedIn(CheckpointLog noted) {
    log = noted;
  }

  /** Something that belongs to every checkpoint. Before the first tick. */
  void always(TaskSnapshot part) {
    always.add(part);
  }

  /**
   * Where the attempt's state is. Before the first tick.
   *
   * @param copying its copies; null: none are made
   */
  void of(StateMemory state, @Nullable StateCopies copying) {
    memory = state;
    copies = copying;
  }

  /** Gives the next task its seat. Before the first tick. */
  CheckpointSeat seat(Signal signal) {
    CheckpointSeat seat = new CheckpointSeat(new Member(seats.size()), signal);
    seats.add(seat);
    return seat;
  }

  /** One task's way to say something. Used by its thread. */
  private final class Member implements CheckpointSeat.Answers {
    private final int index;

    Member(int index) {
      this.index = index;
    }

    @Override
    public void snapshot(long checkpoint, TaskSnapshot part) {
      facts.add(new Fact.Acknowledged(index, checkpoint, part));
      wake.run();
    }

    @Override
    public void ended(Task task) throws Exception {
      facts.add(new Fact.Ended(task.endSnapshot()));
      wake.run();
    }
  }

  /** All tasks are open. By the job's thread. */
  void opened() {
    protocol.opened(newest > 0, clock.millis());
  }

  /** When {@link #onTick} has something to do next, if nothing wakes it before. */
  long nextMillis() {
    return protocol.nextTickMillis();
  }

  /** Whether a checkpoint has begun that is neither committed nor given up. */
  boolean isUnderWay() {
    return open != null;
  }

  /** How many checkpoints were committed in this attempt. */
  int committed() {
    return committed;
  }

  /** Begins one more checkpoint as soon as none is under way; with it the attempt has stopped. */
  void stopWithNext() {
    if (stopAt == Long.MAX_VALUE) {
      CheckpointId id = open;
      stopAt = id == null ? newest + 1 : id.number() + 1;
      carryOut(protocol.requested(clock.millis()));
    }
  }

  /** Whether the checkpoint that {@link #stopWithNext} began, or a later one, is committed. */
  boolean hasStopped() {
    return newest >= stopAt;
  }

  /**
   * Does what there is to do.
   *
   * @throws CheckpointFailedException when the attempt is to be given up
   */
  void onTick() {
    for (Fact fact = facts.poll(); fact != null; fact = facts.poll()) {
      if (fact instanceof Fact.Acknowledged answer) {
        acknowledged(answer);
      } else if (fact instanceof Fact.Ended task) {
        ended.add(task.left());
      }
    }
    if (hasStopped()) {
      // What the next checkpoint would hold belongs to the next run.
      return;
    }
    if (ended.size() == seats.size() && protocol.state().isEmpty()) {
      for (int task = 0; task < seats.size(); task++) {
        carryOut(protocol.finished(task, clock.millis()));
      }
    }
    carryOut(protocol.tick(clock.millis()));
  }

  private void acknowledged(Fact.Acknowledged answer) {
    CheckpointId id = open;
    if (id != null && id.number() == answer.checkpoint()) {
      parts.add(answer.part());
      log.acknowledged(answer.part(), clock.millis());
      carryOut(protocol.acknowledged(answer.task(), id));
    }
  }

  private void carryOut(List<Decision> decisions) {
    Deque<Decision> todo = new ArrayDeque<>(decisions);
    for (Decision next = todo.poll(); next != null; next = todo.poll()) {
      todo.addAll(carryOut(next));
    }
  }

  private List<Decision> carryOut(Decision decision) {
    if (decision instanceof Decision.TriggerBarrier trigger) {
      return begin(trigger);
    } else if (decision instanceof Decision.PrepareSinks prepare) {
      return trying(prepare.id(), () -> sinks.prepare(prepare.id()))
          ? protocol.sinksPrepared(prepare.id())
          : refused(prepare.id());
    } else if (decision instanceof Decision.WriteManifest write) {
      return trying(write.id(), () -> store.write(write.id(), last ? ended : all()))
          ? protocol.written(write.id(), clock.millis())
          : refused(write.id());
    } else if (decision instanceof Decision.CommitSinks commit) {
      return trying(commit.id(), () -> sinks.commit(commit.id()))
          ? protocol.sinksCommitted(commit.id())
          : refused(commit.id());
    } else if (decision instanceof Decision.NoteCommitted note) {
      return trying(note.id(), () -> store.noteCommitted(note.id()))
          ? protocol.noted(note.id(), clock.millis())
          : refused(note.id());
    } else if (decision instanceof Decision.NotifySources notify) {
      over(notify.id());
    } else if (decision instanceof Decision.DeleteOlder older) {
      delete(() -> store.deleteOlder(older.newest(), older.retained()));
    } else if (decision instanceof Decision.Abort abort) {
      LOG.warn("checkpoint {} is given up: {}", abort.id(), abort.reason());
      log.givenUp(abort.reason(), clock.millis());
      open = null;
      if (copies != null) {
        copies.givenUp();
      }
      delete(() -> store.discard(abort.id()));
    } else if (decision instanceof Decision.FailJob fail) {
      log.givenUp(fail.reason(), clock.millis());
      throw new CheckpointFailedException(
          "checkpoint " + fail.id() + " failed: " + fail.reason(), refusal);
    }
    return List.of();
  }

  private List<Decision> begin(Decision.TriggerBarrier trigger) {
    open = trigger.id();
    last = trigger.last();
    triggeredAt = clock.millis();
    log.triggered(trigger.id().number(), last, last ? 0 : seats.size(), triggeredAt);
    parts.clear();
    if (last) {
      // The tasks have ended: nobody but us can end what their sinks wrote.
      KillPoint.STOPPING.hit();
      sinks.endEpochs();
    } else {
      if (copies != null) {
        copies.before(trigger.id().number());
      }
      seats.forEach(seat -> seat.request(trigger.id().number()));
      KillPoint.BARRIER_INJECTED.hit();
    }
    return List.of();
  }

  private List<TaskSnapshot> all() {
    List<TaskSnapshot> all = new ArrayList<>(always);
    all.addAll(parts);
    return all;
  }

  private void over(CheckpointId id) {
    log.committed(clock.millis());
    LOG.debug("checkpoint {} committed after {} ms", id, clock.millis() - triggeredAt);
    if (committed == 0 && memory != null) {
      // Whoever has answered a barrier was restored.
      delete(memory::restored);
    }
    if (copies != null) {
      copies.committed(id.number());
    }
    committed++;
    newest = id.number();
    open = null;
    parts.clear();
    KillPoint.FINALIZING.hit();
    if (last) {
      KillPoint.STOPPING.hit();
      seats.forEach(seat -> seat.commitLast(id.number()));
    } else {
      seats.forEach(seat -> seat.commit(id.number()));
    }
  }

  /** Something that can fail, and fails the checkpoint then. */
  private interface Step {
    void run() throws IOException;
  }

  private boolean trying(CheckpointId id, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | SinkException e) {
      LOG.debug("checkpoint {}", id, e);
      refusal = e;
      return false;
    }
  }

  private List<Decision> refused(CheckpointId id) {
    return protocol.failed(id, String.valueOf(refusal), clock.millis());
  }

  /** What is not deleted now is deleted by a later start, and is no reason to fail. */
  private static void delete(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      LOG.warn("what is not needed any more cannot be deleted: {}", e.toString());
    }
  }
}
