package io.purlin.nativerunner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Facts and the decisions they lead to, one by one. */
class CheckpointProtocolTest {
  private static final CheckpointId SEVEN = new CheckpointId(7, "t");
  private static final CheckpointId EIGHT = new CheckpointId(8, "t");

  private static CheckpointProtocol protocol(boolean sinks, int tolerable) {
    CheckpointProtocol protocol = starting(sinks, tolerable);
    protocol.opened(false, 0);
    return protocol;
  }

  private static CheckpointProtocol starting(boolean sinks, int tolerable) {
    return new CheckpointProtocol(
        new CheckpointSettings(100, 1000, 10, tolerable, 2), 2, sinks, 6, () -> "t");
  }

  @Test
  void noneComesByItselfBeforeAllTasksAreOpen() {
    CheckpointProtocol protocol = starting(false, 0);
    assertThat(protocol.nextTickMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(protocol.tick(5_000)).isEmpty();
    protocol.opened(false, 5_000);
    assertThat(protocol.tick(5_099)).isEmpty();
    assertThat(protocol.tick(5_100)).containsExactly(new TriggerBarrier(SEVEN, false));
  }

  @Test
  void theFirstAfterARestartComesSooner() {
    CheckpointProtocol protocol = starting(false, 0);
    protocol.opened(true, 5_000);
    assertThat(protocol.tick(5_009)).isEmpty();
    assertThat(protocol.tick(5_010)).containsExactly(new TriggerBarrier(SEVEN, false));
    assertThat(protocol.nextTickMillis()).as("its deadline").isEqualTo(6_010);
  }

  @Test
  void withSinksTheOrderIsFlushWriteCommitNoteNotifyDelete() {
    CheckpointProtocol protocol = protocol(true, 0);
    assertThat(protocol.tick(99)).isEmpty();
    assertThat(protocol.tick(100)).containsExactly(new TriggerBarrier(SEVEN, false));
    assertThat(protocol.acknowledged(0, SEVEN)).isEmpty();
    assertThat(protocol.acknowledged(0, SEVEN)).isEmpty();
    assertThat(protocol.acknowledged(1, SEVEN)).containsExactly(new PrepareSinks(SEVEN));
    assertThat(protocol.sinksPrepared(SEVEN)).containsExactly(new WriteManifest(SEVEN));
    assertThat(protocol.written(SEVEN, 110)).containsExactly(new CommitSinks(SEVEN));
    assertThat(protocol.sinksCommitted(SEVEN)).containsExactly(new NoteCommitted(SEVEN));
    assertThat(protocol.noted(SEVEN, 120))
        .containsExactly(new NotifySources(SEVEN), new DeleteOlder(SEVEN, 2));
    assertThat(protocol.nextTickMillis()).isEqualTo(200);
  }

  @Test
  void withoutSinksTheNoteIsTheCommit() {
    CheckpointProtocol protocol = protocol(false, 0);
    protocol.tick(100);
    protocol.acknowledged(0, SEVEN);
    assertThat(protocol.acknowledged(1, SEVEN)).containsExactly(new WriteManifest(SEVEN));
    assertThat(protocol.written(SEVEN, 110)).containsExactly(new NoteCommitted(SEVEN));
    assertThat(protocol.state()).contains(CheckpointState.PREPARED);
    assertThat(protocol.noted(SEVEN, 195))
        .containsExactly(new NotifySources(SEVEN), new DeleteOlder(SEVEN, 2));
    assertThat(protocol.nextTickMillis()).as("pause after the end").isEqualTo(205);
    assertThat(protocol.tick(204)).isEmpty();
    assertThat(protocol.tick(205)).containsExactly(new TriggerBarrier(EIGHT, false));
  }

  @Test
  void aCheckpointGivenUpIsToleratedAsOftenAsAllowed() {
    CheckpointProtocol protocol = protocol(false, 1);
    protocol.tick(100);
    assertThat(protocol.failed(SEVEN, "disk full", 101))
        .containsExactly(new Abort(SEVEN, "disk full"));
    assertThat(protocol.written(SEVEN, 102)).as("too late").isEmpty();
    protocol.tick(200);
    assertThat(protocol.failed(EIGHT, "disk full", 201))
        .containsExactly(new Abort(EIGHT, "disk full"), new FailJob(EIGHT, "disk full"));
    assertThat(protocol.ended()).isTrue();
    assertThat(protocol.tick(900)).isEmpty();
  }

  @Test
  void aCommittedCheckpointForgivesEarlierFailures() {
    CheckpointProtocol protocol = protocol(false, 1);
    protocol.tick(100);
    protocol.failed(SEVEN, "x", 101);
    protocol.tick(200);
    protocol.acknowledged(0, EIGHT);
    protocol.acknowledged(1, EIGHT);
    protocol.written(EIGHT, 210);
    protocol.noted(EIGHT, 220);
    CheckpointId nine = new CheckpointId(9, "t");
    protocol.tick(300);
    assertThat(protocol.failed(nine, "x", 301)).containsExactly(new Abort(nine, "x"));
  }

  @Test
  void withSinksNoCheckpointIsGivenUpWithoutTheJob() {
    CheckpointProtocol protocol = protocol(true, 5);
    protocol.tick(100);
    assertThat(protocol.failed(SEVEN, "refused", 101))
        .containsExactly(new Abort(SEVEN, "refused"), new FailJob(SEVEN, "refused"));
  }

  @Test
  void anUncertainCommitFailsTheJobAndDeletesNothing() {
    CheckpointProtocol protocol = protocol(true, 5);
    protocol.tick(100);
    protocol.acknowledged(0, SEVEN);
    protocol.acknowledged(1, SEVEN);
    protocol.sinksPrepared(SEVEN);
    protocol.written(SEVEN, 110);
    assertThat(protocol.failed(SEVEN, "no answer", 120))
        .containsExactly(new FailJob(SEVEN, "no answer"));
    assertThat(protocol.sinksCommitted(SEVEN)).isEmpty();
  }

  @Test
  void aCheckpointTimesOutBeforeItIsPreparedAndAgainBeforeItIsCommitted() {
    CheckpointProtocol early = protocol(false, 1);
    early.tick(100);
    assertThat(early.nextTickMillis()).isEqualTo(1100);
    assertThat(early.tick(1099)).isEmpty();
    assertThat(early.tick(1100)).singleElement().isInstanceOf(Abort.class);

    CheckpointProtocol late = protocol(false, 1);
    late.tick(100);
    late.acknowledged(0, SEVEN);
    late.acknowledged(1, SEVEN);
    late.written(SEVEN, 1000);
    assertThat(late.tick(1999)).isEmpty();
    assertThat(late.tick(2000)).singleElement().isInstanceOf(FailJob.class);
  }

  @Test
  void aFinishedTaskNeedNotAcknowledge() {
    CheckpointProtocol protocol = protocol(false, 0);
    protocol.tick(100);
    protocol.acknowledged(0, SEVEN);
    assertThat(protocol.finished(1, 101)).containsExactly(new WriteManifest(SEVEN));
    protocol.written(SEVEN, 102);
    protocol.noted(SEVEN, 103);
    protocol.tick(200);
    assertThat(protocol.acknowledged(0, EIGHT)).containsExactly(new WriteManifest(EIGHT));
  }

  @Test
  void whenAllTasksHaveFinishedOneLastCheckpointCommitsWhatTheyLeft() {
    CheckpointProtocol protocol = protocol(true, 0);
    assertThat(protocol.finished(0, 10)).isEmpty();
    assertThat(protocol.finished(1, 11))
        .containsExactly(new TriggerBarrier(SEVEN, true), new PrepareSinks(SEVEN));
    protocol.sinksPrepared(SEVEN);
    protocol.written(SEVEN, 12);
    protocol.sinksCommitted(SEVEN);
    assertThat(protocol.noted(SEVEN, 13)).hasSize(2);
    assertThat(protocol.ended()).isTrue();
  }

  @Test
  void tasksThatFinishDuringACheckpointGetTheirOwn() {
    CheckpointProtocol protocol = protocol(false, 0);
    protocol.tick(100);
    protocol.finished(0, 101);
    protocol.finished(1, 102);
    protocol.written(SEVEN, 103);
    protocol.noted(SEVEN, 104);
    assertThat(protocol.ended()).isFalse();
    assertThat(protocol.tick(protocol.nextTickMillis()))
        .containsExactly(new TriggerBarrier(EIGHT, true), new WriteManifest(EIGHT));
  }

  @Test
  void aRequestStartsACheckpointAtOnceOrAfterTheOneOnItsWay() {
    CheckpointProtocol protocol = protocol(false, 0);
    assertThat(protocol.requested(1)).containsExactly(new TriggerBarrier(SEVEN, false));
    assertThat(protocol.requested(2)).isEmpty();
    protocol.acknowledged(0, SEVEN);
    protocol.acknowledged(1, SEVEN);
    protocol.written(SEVEN, 3);
    protocol.noted(SEVEN, 4);
    assertThat(protocol.tick(4)).containsExactly(new TriggerBarrier(EIGHT, false));
  }

  @Test
  void factsAboutAnotherCheckpointAreIgnored() {
    CheckpointProtocol protocol = protocol(false, 0);
    protocol.tick(100);
    CheckpointId foreign = new CheckpointId(7, "u");
    assertThat(protocol.acknowledged(0, foreign)).isEmpty();
    assertThat(protocol.written(foreign, 101)).isEmpty();
    assertThat(protocol.failed(foreign, "x", 101)).isEmpty();
    assertThat(protocol.state()).contains(CheckpointState.TRIGGERED);
  }

  @Test
  void nothingIsCommittedBeforeItIsPrepared() {
    CheckpointProtocol protocol = protocol(true, 0);
    protocol.tick(100);
    assertThatThrownBy(() -> protocol.sinksCommitted(SEVEN))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> protocol.written(SEVEN, 101))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> protocol.noted(SEVEN, 101)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(CheckpointState.class)
  void onlyLegalTransitions(CheckpointState from) {
    Set<CheckpointState> legal =
        switch (from) {
          case TRIGGERED -> EnumSet.of(CheckpointState.ACKNOWLEDGED, CheckpointState.ABORTED);
          case ACKNOWLEDGED -> EnumSet.of(CheckpointState.PREPARED, CheckpointState.ABORTED);
          case PREPARED -> EnumSet.of(CheckpointState.COMMITTED);
          case COMMITTED, ABORTED -> EnumSet.noneOf(CheckpointState.class);
        };
    assertThat(Arrays.stream(CheckpointState.values()).filter(from::mayBecome))
        .containsExactlyInAnyOrderElementsOf(legal);
  }

  @ParameterizedTest
  @CsvSource({"0,1,0,0,1", "1,0,0,0,1", "1,1,-1,0,1", "1,1,0,-1,1", "1,1,0,0,0"})
  void settingsOutOfRangeAreRefused(long interval, long timeout, long pause, int fail, int keep) {
    assertThatThrownBy(() -> new CheckpointSettings(interval, timeout, pause, fail, keep))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokensAreDifferentAndFitTheirRange() {
    CheckpointTokens tokens = new CheckpointTokens();
    String first = tokens.get();
    assertThat(first).hasSize(32).isNotEqualTo(tokens.get());
    assertThat(new CheckpointId(1, first).token()).isEqualTo(first);
  }
}
