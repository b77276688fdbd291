package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.stage.OwnProcess;
import io.purlin.conformance.faults.stage.Round;
import io.purlin.conformance.faults.stage.Signal;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.sdk.faults.KillPoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The runner is told to end, at any moment. */
public final class Stops {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int TERMINATED = 143;

  /** The fifth commit, for longer than any limit. */
  private static final String HELD = ":5:wait-600000";

  private Stops() {}

  static List<Row> rows() {
    return List.of(
        new ScriptedRow(
            "F33",
            "the runner is told to end: running, starting, twice, while it cannot",
            Stops::told));
  }

  private static Verdict told(Round round, Stage stage, Random random) {
    for (int i = 0; i < 3; i++) {
      OwnProcess life = round.start();
      round.awaitProgress(life);
      round.pass(life, Duration.ofMillis(random.nextInt(500)));
      life.signal(Signal.TERM);
      round.expectExit(life, 0, LIMIT);
    }
    OwnProcess starting = round.start();
    round.pass(starting, Duration.ofMillis(1_000 + random.nextInt(2_000)));
    starting.signal(Signal.TERM);
    ends(starting);
    OwnProcess impatient = round.start();
    round.awaitProgress(impatient);
    impatient.signal(Signal.TERM);
    impatient.signal(Signal.TERM);
    ends(impatient);
    endsAtOnceWhenToldTwice(round);
    return round.finish(round.start());
  }

  /**
   * A commit that hangs keeps the job from stopping in order: the first signal waits for it, the
   * second does not.
   */
  public static void endsAtOnceWhenToldTwice(Round round) {
    OwnProcess held =
        round.start("-D" + KillPoint.PROPERTY + "=" + KillPoint.COMMITTING.code() + HELD);
    awaitLog(held, "fault " + KillPoint.COMMITTING.code());
    held.signal(Signal.TERM);
    awaitLog(held, "SIGTERM");
    held.signal(Signal.TERM);
    round.expectExit(held, TERMINATED, LIMIT);
  }

  private static void awaitLog(OwnProcess life, String text) {
    if (!life.awaitLog(text, START_LIMIT)) {
      throw new Violation("the runner does not say \"" + text + "\"\n" + life.logTail());
    }
  }

  /** Told before it covers a job, or twice, it may end as any JVM does. */
  private static void ends(OwnProcess life) {
    int code = life.awaitEnd(LIMIT).orElse(-1);
    if (code != 0 && code != TERMINATED) {
      throw new Violation("told to end, the runner ends with " + code + "\n" + life.logTail());
    }
  }
}
