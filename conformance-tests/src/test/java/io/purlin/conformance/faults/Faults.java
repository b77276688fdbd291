package io.purlin.conformance.faults;

import io.purlin.conformance.faults.rows.Matrix;
import io.purlin.conformance.faults.rows.Row;
import io.purlin.conformance.faults.rows.Settings;
import io.purlin.conformance.faults.stage.Stage;
import io.purlin.conformance.faults.stage.Violation;
import io.purlin.pipelines.broker.BrokerVersion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code ./dev faults}. Ends with 0 when everything holds, 1 when not, 2 when told
 * nonsense.
 */
public final class Faults {
  private static final String VIOLATED = "VIOLATED  ";

  private static final String USAGE =
      """
      ./dev faults [--kills=N] [--times=N] [--seed=S] [--patience=N] [--only=F01,F08] [--list] ...
        Breaks real processes on purpose (the runner, the broker, files) while a job reads from Kafka,
        keeps state and writes to Kafka, starts them again, and compares the output with what it must
        be. An oracle in a process of its own reads it twice, once from the start and once at the end.
        Prints a line for each row; for a violation also seed, options and folder, which is kept.
          --kills=N   how often F01 kills the runner; default 20, about 6 s each
          --times=N   how often F02 hits each kill point, default 1, about 6 s each; how often F04
                      cuts the power, at least 5
          --restarts=N
                      how often F40 starts the job again, at least 16; default 500
          --transactions=N
                      how many F42 commits; default 33000
          --seed=S    of all chance; default: another one each time
          --patience=N
                      how many times longer anything may take than on a quiet machine; default 1
          --only=...  rows, separated by commas; default all, about 25 minutes on two cores
          --broker=V  3.9.2, 4.1.2 or 4.4.0; default 3.9.2, and 4.4.0 for rows that need it
          --list      says what the rows do, and stops
      """;

  private Faults() {}

  /** Runs the command. */
  public static void main(String[] args) {
    Plan plan;
    try {
      plan = Plan.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    if (plan.list()) {
      plan.rows().forEach(row -> System.out.println(row.id() + "  " + row.what()));
      return;
    }
    System.exit(play(plan) ? 0 : 1);
  }

  private static boolean play(Plan plan) {
    Path folder = Path.of("conformance-tests", "target", "faults").toAbsolutePath();
    List<String> violated = new ArrayList<>();
    for (Row row : plan.rows()) {
      long start = System.nanoTime();
      String says;
      // Each row has a broker of its own: what one did to it is not the next one's.
      try (Stage stage = Stage.quick(folder, row.needs().orElse(plan.broker()), plan.patience())) {
        says = played(row, stage, plan.settings());
      }
      if (says.startsWith(VIOLATED)) {
        violated.add(row.id());
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      System.out.println(
          row.id()
              + "  "
              + says
              + " ("
              + row.what()
              + "; seed "
              + plan.settings().seed()
              + ", "
              + seconds
              + " s)");
    }
    System.out.println(
        violated.isEmpty()
            ? "all " + plan.rows().size() + " rows hold"
            : "violated: " + String.join(", ", violated) + "; see " + folder);
    return violated.isEmpty();
  }

  private static String played(Row row, Stage stage, Settings settings) {
    try {
      return "holds     " + row.play(stage, settings);
    } catch (Violation e) {
      return VIOLATED + e.getMessage() + "\n" + stage.lastRound() + "\n";
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return VIOLATED + "the row itself has failed: " + trace + stage.lastRound() + "\n";
    }
  }

  /**
   * What the arguments ask for.
   *
   * @param rows in the order of the matrix
   * @param settings for all of them
   * @param broker its version, for rows that need none
   * @param patience how many times longer than on a quiet machine anything may take
   * @param list whether the rows are only to be listed
   */
  private record Plan(
      List<Row> rows, Settings settings, BrokerVersion broker, int patience, boolean list) {
    static Plan parse(String... args) {
      int kills = 20;
      int times = 1;
      long seed = System.nanoTime() % 1_000_000;
      int patience = 1;
      boolean list = false;
      BrokerVersion broker = BrokerVersion.ordinary();
      int restarts = Settings.RESTARTS;
      int transactions = Settings.TRANSACTIONS;
      List<Row> rows = Matrix.ROWS;
      for (String arg : args) {
        String value = arg.substring(arg.indexOf('=') + 1);
        if (arg.startsWith("--kills=")) {
          kills = Integer.parseInt(value);
        } else if (arg.startsWith("--times=")) {
          times = Integer.parseInt(value);
        } else if (arg.startsWith("--seed=")) {
          seed = Long.parseLong(value);
        } else if (arg.startsWith("--patience=")) {
          patience = Integer.parseInt(value);
        } else if (arg.startsWith("--only=")) {
          rows = Matrix.only(List.of(value.split(",", -1)));
        } else if (arg.startsWith("--restarts=")) {
          restarts = Integer.parseInt(value);
        } else if (arg.startsWith("--transactions=")) {
          transactions = Integer.parseInt(value);
        } else if (arg.startsWith("--broker=")) {
          broker = new BrokerVersion(value);
        } else if (arg.equals("--list")) {
          list = true;
        } else {
          throw new IllegalArgumentException("faults does not know " + arg);
        }
      }
      return new Plan(
          rows, new Settings(kills, times, restarts, transactions, seed), broker, patience, list);
    }
  }
}
