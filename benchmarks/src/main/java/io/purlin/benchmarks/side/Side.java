package io.purlin.benchmarks.side;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a program in a {@link SideProcess} does: one run for each line on standard input. */
public final class Side {
  /** How an answer begins. */
  static final String ANSWER = "done ";

  private Side() {}

  /** One run. */
  @FunctionalInterface
  public interface Work {
    /**
     * Runs once.
     *
     * @param request what is asked for
     * @return the figures to answer with
     * @throws Exception which ends the program: there is no figure then
     */
    long[] run(String request) throws Exception;
  }

  /** Serves until the input ends or a run fails, and ends the process. */
  public static void serve(Work work) {
    // The protocol is alone on standard output, whatever runner and libraries print.
    PrintStream answers = System.out;
    System.setOut(System.err);
    try (BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        long[] figures = work.run(line);
        answers.println(
            ANSWER
                + Arrays.stream(figures).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        answers.flush();
      }
    } catch (Exception failure) {
      failure.printStackTrace();
      // Runners may leave threads behind that are no daemons.
      System.exit(1);
    }
    System.exit(0);
  }
}
