package io.purlin.conformance.faults.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.conformance.faults.oracle.OracleMain;
import io.purlin.conformance.faults.oracle.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's process, and what it says. Its lines are read by a thread of its own and taken by
 * the one that plays.
 */
final class Oracle implements AutoCloseable {
  private static final int KEPT_LINES = 40;

  /** Comes after its last line. */
  private static final String END = "\0";

  /** Its verdict comes after a wait for transactions, which it gives up by itself. */
  private static final Duration JUDGING_LIMIT = Duration.ofMinutes(5);

  private final Duration judgingLimit;
  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Deque<String> others = new ArrayDeque<>();
  private long seen;
  private @Nullable String verdict;

  Oracle(Launch launch, String servers, String source, String output) {
    judgingLimit = JUDGING_LIMIT.multipliedBy(launch.patience());
    process =
        OwnProcess.start(
            launch,
            List.of("-Xmx3g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
            OracleMain.class,
            List.of(servers, source, output),
            ProcessBuilder.Redirect.PIPE);
    Thread reader = new Thread(this::read, "oracle-lines");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      // The process is gone, which is what the end says.
    }
    said.add(END);
  }

  /** How many results a reader of committed records has seen so far. */
  long seen() {
    for (String line = said.poll(); line != null; line = said.poll()) {
      take(line);
    }
    return seen;
  }

  /** Waits until more results were seen than given, and says whether that came in time. */
  boolean awaitSeen(long more, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (seen() <= more) {
      if (!takeBefore(end)) {
        return false;
      }
    }
    return true;
  }

  Verdict judge() {
    try {
      process.getOutputStream().write((OracleMain.JUDGE + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      long end = System.nanoTime() + judgingLimit.toNanos();
      while (verdict == null) {
        if (!takeBefore(end)) {
          throw new Violation("the oracle has no verdict after " + judgingLimit);
        }
      }
      return new ObjectMapper().readValue(verdict, Verdict.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the next line, if it comes in time. */
  private boolean takeBefore(long endNanos) {
    try {
      String line = said.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line != null) {
        take(line);
      }
      return line != null;
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    }
  }

  private void take(String line) {
    if (line.equals(END)) {
      throw new Violation("the oracle has ended: " + String.join("\n", others));
    } else if (line.startsWith(OracleMain.SEEN)) {
      seen = Long.parseLong(line.substring(OracleMain.SEEN.length()));
    } else if (line.startsWith(OracleMain.VERDICT)) {
      verdict = line.substring(OracleMain.VERDICT.length());
    } else {
      others.add(line);
      if (others.size() > KEPT_LINES) {
        others.remove();
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
