package io.purlin.nativerunner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random walks through the protocol: whatever happens in whatever order, the invariants hold. */
class CheckpointProtocolWalkTest {
  private static final int SEEDS = 5_000;
  private static final int STEPS = 200;

  @Test
  void invariantsHoldOnEveryWalk() {
    int committed = 0;
    int aborted = 0;
    int failed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Walk walk = new Walk(seed);
      for (int step = 0; step < STEPS; step++) {
        walk.step();
      }
      committed += walk.noted.size();
      aborted += walk.aborted.size();
      failed += walk.failed ? 1 : 0;
    }
    assertThat(committed).as("walks that commit").isGreaterThan(SEEDS);
    assertThat(aborted).as("walks that give up").isGreaterThan(SEEDS / 10);
    assertThat(failed).as("walks that fail").isGreaterThan(SEEDS / 10);
  }

  /** A job that does what is decided, or fails at it, and checks each decision. */
  private static final class Walk {
    private final Random random;
    private final int seed;
    private final int tasks;
    private final boolean sinks;
    private final int intervalMillis;
    private final CheckpointProtocol protocol;
    private final BitSet running = new BitSet();
    private final BitSet unacknowledged = new BitSet();
    private final Deque<Decision> todo = new ArrayDeque<>();
    private final Set<CheckpointId> all = new HashSet<>();
    private final Set<CheckpointId> flushed = new HashSet<>();
    private final Set<CheckpointId> prepared = new HashSet<>();
    private final Set<CheckpointId> committing = new HashSet<>();
    private final Set<CheckpointId> committed = new HashSet<>();
    private final Set<CheckpointId> noted = new HashSet<>();
    private final Set<CheckpointId> aborted = new HashSet<>();
    private final Deque<CheckpointId> late = new ArrayDeque<>();
    private @Nullable CheckpointId inFlight;
    private long newest = 3;
    private long lastStart;
    private boolean mayHurry;
    private boolean failed;
    private long now;

    Walk(int seed) {
      this.seed = seed;
      random = new Random(seed);
      tasks = 1 + random.nextInt(4);
      sinks = random.nextBoolean();
      intervalMillis = 1 + random.nextInt(30);
      running.set(0, tasks);
      int[] next = {0};
      protocol =
          new CheckpointProtocol(
              new CheckpointSettings(
                  intervalMillis,
                  40 + random.nextInt(60),
                  random.nextInt(10),
                  random.nextInt(3),
                  2),
              tasks,
              sinks,
              newest,
              () -> "t" + next[0]++);
      protocol.opened(false, now);
    }

    void step() {
      int dice = random.nextInt(100);
      if (dice < 30) {
        now += random.nextInt(8);
        take(protocol.tick(now));
      } else if (dice < 60 && !unacknowledged.isEmpty() && inFlight != null) {
        int task = unacknowledged.nextSetBit(0);
        unacknowledged.clear(task);
        take(protocol.acknowledged(task, inFlight));
      } else if (dice < 90 && !todo.isEmpty()) {
        carryOut(todo.remove());
      } else if (dice == 90 && !running.isEmpty()) {
        int task = running.nextSetBit(0);
        running.clear(task);
        unacknowledged.clear(task);
        mayHurry |= running.isEmpty();
        take(protocol.finished(task, now));
      } else if (dice == 91) {
        mayHurry = true;
        take(protocol.requested(now));
      } else if (dice == 92 && inFlight != null) {
        take(protocol.failed(inFlight, "refused", now));
      } else if (!late.isEmpty()) {
        assertThat(protocol.written(late.remove(), now)).as("late, seed %s", seed).isEmpty();
      }
    }

    private void carryOut(Decision decision) {
      boolean works = random.nextInt(20) > 0;
      CheckpointId id = id(decision);
      if (aborted.contains(id) && !(decision instanceof Abort)) {
        late.add(id);
      } else if (decision instanceof TriggerBarrier
          || decision instanceof Abort
          || decision instanceof NotifySources
          || decision instanceof DeleteOlder
          || decision instanceof FailJob) {
        return;
      } else if (!works) {
        take(protocol.failed(id, "broken", now));
      } else if (decision instanceof PrepareSinks) {
        flushed.add(id);
        take(protocol.sinksPrepared(id));
      } else if (decision instanceof WriteManifest) {
        prepared.add(id);
        take(protocol.written(id, now));
      } else if (decision instanceof CommitSinks) {
        committed.add(id);
        take(protocol.sinksCommitted(id));
      } else {
        noted.add(id);
        take(protocol.noted(id, now));
      }
    }

    private void take(List<Decision> decisions) {
      for (Decision each : decisions) {
        assertThat(failed).as("decided after the job failed, seed %s", seed).isFalse();
        check(each);
        todo.add(each);
      }
      if (!decisions.isEmpty() && sinks && decisions.get(0) instanceof Abort) {
        assertThat(failed).as("epoch lost but the job goes on, seed %s", seed).isTrue();
      }
    }

    private void check(Decision decision) {
      CheckpointId id = id(decision);
      if (decision instanceof TriggerBarrier trigger) {
        triggered(trigger);
        return;
      }
      assertThat(all).as("seed %s", seed).contains(id);
      if (decision instanceof PrepareSinks) {
        assertThat(sinks && unacknowledged.isEmpty()).as("flush, seed %s", seed).isTrue();
      } else if (decision instanceof WriteManifest) {
        assertThat(unacknowledged.isEmpty()).as("written early, seed %s", seed).isTrue();
        assertThat(!sinks || flushed.contains(id)).as("unflushed, seed %s", seed).isTrue();
      } else if (decision instanceof CommitSinks) {
        assertThat(prepared).as("committed before prepared, seed %s", seed).contains(id);
        committing.add(id);
      } else if (decision instanceof NoteCommitted) {
        assertThat(sinks ? committed : prepared).as("noted early, seed %s", seed).contains(id);
        committing.add(id);
      } else if (decision instanceof NotifySources) {
        assertThat(noted).as("told early, seed %s", seed).contains(id);
        inFlight = null;
      } else if (decision instanceof DeleteOlder) {
        assertThat(noted).as("deletes by another, seed %s", seed).contains(id);
        assertThat(id.number()).as("seed %s", seed).isEqualTo(newest);
      } else if (decision instanceof Abort) {
        assertThat(committing)
            .as("gave up what may be committed, seed %s", seed)
            .doesNotContain(id);
        aborted.add(id);
        inFlight = null;
        unacknowledged.clear();
      } else {
        failed = true;
      }
    }

    private void triggered(TriggerBarrier trigger) {
      assertThat(inFlight).as("two in flight, seed %s", seed).isNull();
      assertThat(all.add(trigger.id())).as("twice, seed %s", seed).isTrue();
      assertThat(trigger.id().number()).as("seed %s", seed).isGreaterThan(newest);
      assertThat(mayHurry || now - lastStart >= intervalMillis).as("early, seed %s", seed).isTrue();
      mayHurry = running.isEmpty();
      assertThat(trigger.last()).isEqualTo(running.isEmpty());
      newest = trigger.id().number();
      lastStart = now;
      inFlight = trigger.id();
      unacknowledged.clear();
      unacknowledged.or(running);
    }

    private static CheckpointId id(Decision decision) {
      if (decision instanceof TriggerBarrier each) {
        return each.id();
      } else if (decision instanceof PrepareSinks each) {
        return each.id();
      } else if (decision instanceof WriteManifest each) {
        return each.id();
      } else if (decision instanceof CommitSinks each) {
        return each.id();
      } else if (decision instanceof NoteCommitted each) {
        return each.id();
      } else if (decision instanceof NotifySources each) {
        return each.id();
      } else if (decision instanceof DeleteOlder each) {
        return each.newest();
      } else if (decision instanceof Abort each) {
        return each.id();
      }
      return ((FailJob) decision).id();
    }
  }
}
