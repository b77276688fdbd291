package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks that take part in checkpoints. */
class TaskCheckpointTest {
  private final TwoTasks tasks = new TwoTasks();

  @Test
  void bothTasksAnswerACheckpointForTheSameElements() throws Exception {
    TwoTasks.Numbers numbers = new TwoTasks.Numbers(100);
    Answered atSender = new Answered(() -> numbers.next);
    CheckpointSeat senderSeat = new CheckpointSeat(atSender, tasks.signal);
    tasks.seat = senderSeat;
    Task sender = tasks.sender(numbers);
    Answered atReceiver = new Answered(tasks.received::size);
    CheckpointSeat receiverSeat = new CheckpointSeat(atReceiver, tasks.signal);
    tasks.seat = receiverSeat;
    Task receiver = tasks.receiver();
    sender.open();
    receiver.open();
    Random random = new Random(5);
    long checkpoint = 0;
    while (!(atSender.ended && atReceiver.ended)) {
      boolean over =
          atSender.snapshots.size() == checkpoint && atReceiver.snapshots.size() == checkpoint;
      if (over) {
        // A task that has passed a barrier tells of its end only when that checkpoint is committed.
        senderSeat.commit(checkpoint);
        receiverSeat.commit(checkpoint);
      }
      if (over && random.nextInt(6) == 0) {
        checkpoint++;
        senderSeat.request(checkpoint);
        receiverSeat.request(checkpoint);
      }
      Task stepped = random.nextBoolean() ? sender : receiver;
      assertThat(stepped.step())
          .as("tasks wait for the last checkpoint")
          .isNotEqualTo(Progress.DONE);
    }
    for (int i = 0; i < 5; i++) {
      sender.step();
      receiver.step();
    }
    senderSeat.request(checkpoint + 1);
    receiverSeat.request(checkpoint + 1);
    sender.step();
    receiver.step();

    assertThat(atReceiver.snapshots).hasSizeGreaterThan(5).isEqualTo(atSender.snapshots);
    assertThat(atReceiver.snapshots).containsEntry(checkpoint + 1, 100);
    senderSeat.commitLast(checkpoint + 1);
    receiverSeat.commitLast(checkpoint + 1);
    assertThat(sender.step()).isEqualTo(Progress.DONE);
    assertThat(receiver.step()).isEqualTo(Progress.DONE);
  }

  /** Else a sink would wait for a checkpoint that waits for those whom the sink holds up. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTaskAnswersBeforeItStandsStill(boolean stands) throws Exception {
    for (long key = 0; key < 5_000; key++) {
      tasks.held.cell(GlobalWindow.INSTANCE, key).touch();
    }
    Answered atSender = new Answered(() -> "sent");
    CheckpointSeat senderSeat = new CheckpointSeat(atSender, tasks.signal);
    tasks.seat = senderSeat;
    Task sender = tasks.sender(100);
    Answered atReceiver = new Answered(() -> "received");
    CheckpointSeat receiverSeat = new CheckpointSeat(atReceiver, tasks.signal);
    tasks.seat = receiverSeat;
    Task receiver = tasks.receiver();
    sender.open();
    receiver.open();
    senderSeat.request(1);
    receiverSeat.request(1);
    for (int i = 0; i < 100 && receiver.passedCheckpoint() != 1; i++) {
      sender.step();
      receiver.step();
    }

    assertThat(receiver.passedCheckpoint()).isEqualTo(1);
    assertThat(atReceiver.snapshots).as("too much for one step").doesNotContainKey(1L);
    tasks.standsStill = stands;
    sender.step();
    receiver.step();
    assertThat(atReceiver.snapshots.containsKey(1L)).isEqualTo(stands);
    for (int i = 0; i < 100; i++) {
      receiver.step();
    }
    assertThat(atReceiver.snapshots).containsKey(1L);
  }

  /** What was answered at the seat of one task. */
  private static final class Answered implements CheckpointSeat.Answers {
    private final Supplier<Object> state;
    private final Map<Long, Object> snapshots = new HashMap<>();
    private boolean ended;

    Answered(Supplier<Object> state) {
      this.state = state;
    }

    @Override
    public void snapshot(long checkpoint, TaskSnapshot part) {
      assertThat(snapshots.put(checkpoint, state.get())).as("asked twice").isNull();
    }

    @Override
    public void ended(Task task) {
      ended = true;
    }
  }
}
