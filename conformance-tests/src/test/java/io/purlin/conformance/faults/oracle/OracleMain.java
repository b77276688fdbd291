package io.purlin.conformance.faults.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.conformance.faults.pipeline.SourceRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The oracle's process: {@code <servers> <source topic> <output topic>}. While it runs it says
 * {@code seen <n>} whenever it has seen more results. Told {@code judge} on standard input, it
 * waits until readers are held up no longer, compares, prints {@code verdict <json>} and ends. Ends
 * at once when whoever started it is gone.
 */
public final class OracleMain {
  /** The first word of the line that holds the verdict. */
  public static final String VERDICT = "verdict ";

  /** The first word of a line that says how much was seen. */
  public static final String SEEN = "seen ";

  /** What ends the waiting. */
  public static final String JUDGE = "judge";

  /** The longest transaction timeout that rows set is far shorter. */
  private static final long HELD_UP_LIMIT_SECONDS = 90;

  private OracleMain() {}

  /** Runs the oracle. */
  public static void main(String[] args) throws IOException {
    AtomicBoolean judge = new AtomicBoolean();
    Thread commands = new Thread(() -> listen(judge), "commands");
    commands.setDaemon(true);
    commands.start();
    List<Seen> first = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(args[0], args[2])) {
      int told = -1;
      while (!judge.get()) {
        reader.poll(record -> first.add(Seen.of(record)));
        if (first.size() != told) {
          told = first.size();
          System.out.println(SEEN + told);
        }
      }
      awaitFree(reader, first);
      reader.rest().forEach(record -> first.add(Seen.of(record)));
    }
    Model model = new Model();
    try (CommittedReader source = new CommittedReader(args[0], args[1])) {
      source.rest().forEach(record -> take(model, record));
    }
    List<Seen> last = new ArrayList<>();
    try (CommittedReader output = new CommittedReader(args[0], args[2])) {
      output.rest().forEach(record -> last.add(Seen.of(record)));
    }
    Map<String, List<String>> expected = model.finish();
    Verdict verdict = Comparison.of(model.records(), expected, first, last);
    System.out.println(VERDICT + new ObjectMapper().writeValueAsString(verdict));
    Runtime.getRuntime().halt(0);
  }

  private static void take(Model model, ConsumerRecord<String, String> record) {
    if (!record.value().equals(SourceRecord.END)) {
      model.add(SourceRecord.parse(record.value()), record.timestamp());
    }
  }

  /** What is committed must become readable without anybody's help. */
  private static void awaitFree(CommittedReader reader, List<Seen> first) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HELD_UP_LIMIT_SECONDS);
    while (reader.isHeldUp()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "readers are held up by an open transaction for " + HELD_UP_LIMIT_SECONDS + " s");
      }
      reader.poll(record -> first.add(Seen.of(record)));
    }
  }

  private static void listen(AtomicBoolean judge) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(JUDGE)) {
          judge.set(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(1);
  }
}
