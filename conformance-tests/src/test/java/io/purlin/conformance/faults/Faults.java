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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code ./dev faults}. Ends with 0 when everything holds, 1 when not, 2 when told
 * nonsense. Used by one thread.
 */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Breaks real processes on purpose (the runner, the broker, files) while a job reads from Kafka,"
          + " keeps state and writes to Kafka, starts them again, and compares the output with what"
          + " it must be. An oracle in a process of its own reads it twice, once from the start and"
          + " once at the end.",
      "Prints a line for each row; for a violation also seed, options and folder, which is kept."
    })
public final class Faults implements Callable<Integer> {
  private static final String VIOLATED = "VIOLATED  ";

  @Option(
      names = "--kills",
      defaultValue = "20",
      description = "how often F01 kills the runner, about 6 s each (${DEFAULT-VALUE})")
  private int kills = 20;

  @Option(
      names = "--times",
      defaultValue = "1",
      description =
          "how often F02 hits each kill point, about 6 s each; how often F04 cuts the power, at"
              + " least 5 (${DEFAULT-VALUE})")
  private int times = 1;

  @Option(
      names = "--restarts",
      defaultValue = "" + Settings.RESTARTS,
      description = "how often F40 starts the job again, at least 16 (${DEFAULT-VALUE})")
  private int restarts = Settings.RESTARTS;

  @Option(
      names = "--transactions",
      defaultValue = "" + Settings.TRANSACTIONS,
      description = "how many F42 commits (${DEFAULT-VALUE})")
  private int transactions = Settings.TRANSACTIONS;

  @Option(names = "--seed", description = "of all chance; default: another one each time")
  private long seed = System.nanoTime() % 1_000_000;

  @Option(
      names = "--patience",
      defaultValue = "1",
      description =
          "how many times longer anything may take than on a quiet machine (${DEFAULT-VALUE})")
  private int patience = 1;

  @Option(
      names = "--only",
      split = ",",
      description = "rows, separated by commas; default: all, about 25 minutes on two cores")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--broker",
      description = "3.9.2, 4.1.2 or 4.4.0; default: 3.9.2, and 4.4.0 for rows that need it")
  private String broker = BrokerVersion.ordinary().number();

  @Option(names = "--list", description = "says what the rows do, and stops")
  private boolean list;

  @Spec private @Nullable CommandSpec spec;

  private Faults() {}

  /** Runs the command. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Faults());
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          failure.printStackTrace(command.getErr());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() {
    Plan plan = plan();
    if (list) {
      plan.rows().forEach(row -> System.out.println(row.id() + "  " + row.what()));
      return 0;
    }
    return play(plan) ? 0 : 1;
  }

  private Plan plan() {
    try {
      return new Plan(
          only.isEmpty() ? Matrix.ROWS : Matrix.only(only),
          new Settings(kills, times, restarts, transactions, seed),
          BrokerVersion.of(broker),
          patience);
    } catch (IllegalArgumentException e) {
      CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  private static Stage stage(Row row, Plan plan, Path folder) {
    return row.needs()
        .map(version -> Stage.quickOf(folder, version, plan.patience()))
        .orElseGet(() -> Stage.quick(folder, plan.broker(), plan.patience()));
  }

  private static boolean play(Plan plan) {
    Path folder = Path.of("conformance-tests", "target", "faults").toAbsolutePath();
    List<String> violated = new ArrayList<>();
    for (Row row : plan.rows()) {
      long start = System.nanoTime();
      String says;
      // Each row has a broker of its own: what one did to it is not the next one's.
      try (Stage stage = stage(row, plan, folder)) {
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
   */
  private record Plan(List<Row> rows, Settings settings, BrokerVersion broker, int patience) {}
}
