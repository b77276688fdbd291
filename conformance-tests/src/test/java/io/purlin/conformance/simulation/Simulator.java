package io.purlin.conformance.simulation;

import io.purlin.conformance.simulation.bug.Bug;
import io.purlin.conformance.simulation.job.SimulatedPipeline;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The command line of the simulator. */
public final class Simulator {
  private static final int LAST_LINES = 60;
  private static final int PROGRESS_SEEDS = 1_000;

  private final PrintStream out;
  private final int threads;

  /**
   * @param out where it prints
   * @param threads that play, each a seed of its own at a time
   */
  Simulator(PrintStream out, int threads) {
    this.out = out;
    this.threads = threads;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    Simulator simulator = new Simulator(System.out, Runtime.getRuntime().availableProcessors());
    System.exit(simulator.run(List.of(args)));
  }

  /** Runs the command; the answer is the exit code. */
  int run(List<String> args) {
    long seeds = 10_000;
    long from = 1;
    @Nullable Long only = null;
    List<Bug> bugs = List.of(Bug.NONE);
    for (String each : args) {
      if (each.startsWith("--seeds=")) {
        seeds = number(each);
      } else if (each.startsWith("--from=")) {
        from = number(each);
      } else if (each.startsWith("--seed=")) {
        only = number(each);
      } else if (each.startsWith("--bug=")) {
        bugs = bugs(each.substring(each.indexOf('=') + 1));
      } else {
        out.printf(
            """
            ./dev simulate [--seeds=N] [--from=S] [--seed=S] [--bug=NAME]
              --seeds=N   how many seeds are played, 10000 if not said
              --from=S    the first of them, 1 if not said
              --seed=S    plays this seed alone and prints its trace
              --bug=NAME  plants a bug, which must be found: %s;
                          all: one after the other
            A violation is printed with its seed, what was drawn from it and the end of its trace; --seed plays it again.
            Exit code 0: without a bug nothing was violated, with a bug something was.
            A seed takes up to 200 ms of processor time: 10000 take half an hour at most. A bug is played until it has been found.
            """,
            String.join(", ", planted().stream().map(Bug::code).toList()));
        return each.equals("--help") ? 0 : 2;
      }
    }
    int status = 0;
    for (Bug bug : bugs) {
      boolean asExpected =
          only != null ? one(only, bug) : (bug == Bug.NONE) == (count(from, seeds, bug) == 0);
      status = asExpected ? status : 1;
    }
    return status;
  }

  private static long number(String argument) {
    return Long.parseLong(argument.substring(argument.indexOf('=') + 1));
  }

  private static List<Bug> bugs(String code) {
    return code.equals("all") ? planted() : List.of(Bug.parse(code));
  }

  private static List<Bug> planted() {
    return List.of(Bug.values()).subList(1, Bug.values().length);
  }

  /** Plays one seed and prints all of it. */
  private boolean one(long seed, Bug bug) {
    Simulation.Outcome outcome = Simulation.play(new SimulatedPipeline(), seed, bug);
    outcome.trace().forEach(out::println);
    out.printf(
        "seed %d, %s: %d violations; trace of %d lines, hash %08x%n",
        seed,
        bug.code(),
        outcome.violations().size(),
        outcome.trace().size(),
        outcome.trace().hashCode());
    return (bug == Bug.NONE) == outcome.violations().isEmpty();
  }

  /** Plays seeds until one is violated; the answer is how many were. */
  long count(long from, long seeds, Bug bug) {
    out.printf("%s (%s), seeds %d to %d%n", bug.code(), bug.description(), from, from + seeds - 1);
    AtomicLong next = new AtomicLong(from);
    AtomicLong violated = new AtomicLong();
    AtomicLong lives = new AtomicLong();
    AtomicLong commits = new AtomicLong();
    Callable<Void> player =
        () -> {
          SimulatedPipeline pipeline = new SimulatedPipeline();
          for (long seed = next.getAndIncrement();
              seed < from + seeds && violated.get() == 0;
              seed = next.getAndIncrement()) {
            Simulation.Outcome outcome = Simulation.play(pipeline, seed, bug);
            lives.addAndGet(outcome.lives());
            commits.addAndGet(outcome.commits());
            if (!outcome.violations().isEmpty()) {
              violated.incrementAndGet();
              print(outcome);
            }
            if ((seed - from + 1) % PROGRESS_SEEDS == 0) {
              out.printf("  %d seeds%n", seed - from + 1);
            }
          }
          return null;
        };
    playAll(player);
    out.printf(
        "%s: %d seeds, %d processes, %d committed checkpoints, %d seeds with a violation%n",
        bug.code(), Math.min(seeds, next.get() - from), lives.get(), commits.get(), violated.get());
    return violated.get();
  }

  private void playAll(Callable<Void> player) {
    ExecutorService players = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> playing = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        playing.add(players.submit(player));
      }
      for (Future<Void> each : playing) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator itself has failed", e);
    } finally {
      players.shutdownNow();
    }
  }

  private synchronized void print(Simulation.Outcome outcome) {
    int size = outcome.trace().size();
    outcome.trace().subList(Math.max(0, size - LAST_LINES), size).forEach(out::println);
    out.println("violated:");
    outcome.violations().forEach(each -> out.println("  " + each));
    out.println("options: " + outcome.setting());
    out.printf(
        "again: ./dev simulate --seed=%d%s%n",
        outcome.seed(), outcome.bug() == Bug.NONE ? "" : " --bug=" + outcome.bug().code());
  }
}
