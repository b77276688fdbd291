package io.purlin.benchmarks.checkpoint;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * The job that is measured: {@code StateProgram <mode> <seconds> <checkpoint directory of the job>
 * <backend> <load> <options of the runner>}.
 *
 * <p>Mode {@code measure} fills the state, lets it settle, measures for so many seconds, and
 * answers with one line that begins with {@link #ANSWER}; then it goes on until it is killed. Mode
 * {@code recover} answers when the first output of this process is committed. Mode {@code learn}
 * does the same and ends, so that the JVM writes what it is to write at its end.
 */
public final class StateProgram {
  /** How an answer begins. */
  static final String ANSWER = "seen ";

  private static final int LOAD_FROM = 4;
  private static final int OPTIONS_FROM = 8;
  private static final long LOOK_MILLIS = 20;
  private static final String PAUSE = "purlin.CheckpointPause";

  private final long seconds;
  private final Path checkpoints;
  private final StateLoad load;
  private final PipelineResult job;
  private final Map<Long, Long> bytesOfCheckpoints = new TreeMap<>();

  private StateProgram(long seconds, Path checkpoints, StateLoad load, PipelineResult job) {
    this.seconds = seconds;
    this.checkpoints = checkpoints;
    this.load = load;
    this.job = job;
  }

  /** Runs until it is killed, or the job fails. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // The answer is alone on standard output, whatever the runner and libraries print.
    PrintStream answers = System.out;
    System.setOut(System.err);
    List<String> all = Arrays.asList(args);
    StateLoad load = StateLoad.of(all.get(LOAD_FROM - 1), all.subList(LOAD_FROM, OPTIONS_FROM));
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    all.subList(OPTIONS_FROM, all.size()).toArray(new String[0]))
                .create());
    pipeline
        .apply("Elements", GenerateSequence.from(0))
        .apply("Keys", ParDo.of(new StateSteps.Keys(load)))
        .apply("Change", ParDo.of(new StateSteps.Change(load.valueBytes())))
        .apply("Output", ParDo.of(new StateSteps.Output()));
    Recording pauses = all.get(0).equals("measure") ? recording() : null;
    StateProgram program =
        new StateProgram(Long.parseLong(all.get(1)), Path.of(all.get(2)), load, pipeline.run());
    answers.println(ANSWER + (pauses == null ? program.recovered() : program.measured(pauses)));
    answers.flush();
    if (all.get(0).equals("learn")) {
      System.exit(0);
    }
    program.await(() -> false, Long.MAX_VALUE);
  }

  /** Beginning to record takes half a second and throws all compiled code away: before the job. */
  private static Recording recording() {
    Recording pauses = new Recording();
    pauses.enable(PAUSE);
    pauses.start();
    return pauses;
  }

  private String recovered() throws IOException, InterruptedException {
    await(() -> StateSteps.COMMITS.get() > 0, Long.MAX_VALUE);
    return "committed";
  }

  /** Changes a second; p50, p99 and greatest pause in ms; bytes of a checkpoint; checkpoints. */
  private String measured(Recording pauses) throws IOException, InterruptedException {
    await(() -> StateSteps.CHANGES.get() >= load.keys(), Long.MAX_VALUE);
    // What follows the filling: code that is compiled for the second kind of work, of which
    // checkpoints run theirs only once an interval, and one more change of the hot cells.
    await(() -> false, Math.max(2 * load.hotMillis(), TimeUnit.SECONDS.toMillis(2 * seconds)));
    bytesOfCheckpoints.clear();
    Instant begin = Instant.now();
    long changes = StateSteps.CHANGES.get();
    long since = System.nanoTime();
    await(() -> false, TimeUnit.SECONDS.toMillis(seconds));
    double rate = (StateSteps.CHANGES.get() - changes) * 1e9 / (System.nanoTime() - since);
    Instant end = Instant.now();
    Path file = Files.createTempFile("pauses", ".jfr");
    try {
      pauses.dump(file);
      return String.format(Locale.ROOT, "%.1f %s %s", rate, pauses(file, begin, end), sizes());
    } finally {
      Files.delete(file);
    }
  }

  private static String pauses(Path file, Instant begin, Instant end) throws IOException {
    double[] millis =
        RecordingFile.readAllEvents(file).stream()
            .filter(each -> each.getStartTime().isAfter(begin) && each.getEndTime().isBefore(end))
            .map(RecordedEvent::getDuration)
            .mapToDouble(each -> each.toNanos() / 1e6)
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT, "%.3f %.3f %.3f", part(millis, 0.5), part(millis, 0.99), part(millis, 1));
  }

  private static double part(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private String sizes() {
    long sum = bytesOfCheckpoints.values().stream().mapToLong(Long::longValue).sum();
    int count = bytesOfCheckpoints.size();
    return (count == 0 ? 0 : sum / count) + " " + count;
  }

  /** Waits, looks at checkpoints meanwhile, and fails with the job. */
  private void await(BooleanSupplier condition, long mostMillis)
      throws IOException, InterruptedException {
    long since = System.nanoTime();
    while (!condition.getAsBoolean()
        && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) < mostMillis) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      look();
      if (job.getState().isTerminal()) {
        throw new IllegalStateException("the job has ended: " + job.getState());
      }
    }
  }

  /** Notes how many bytes each committed checkpoint has written, without those that it links. */
  private void look() throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return;
    }
    try (Stream<Path> all = Files.list(checkpoints)) {
      for (Path each : all.toList()) {
        String name = String.valueOf(each.getFileName());
        if (name.startsWith("chk-") && Files.exists(each.resolve("COMMITTED"))) {
          long number = Long.parseLong(name.substring("chk-".length()));
          if (!bytesOfCheckpoints.containsKey(number)) {
            bytesOfCheckpoints.put(number, own(each, number));
          }
        }
      }
    }
  }

  private static long own(Path checkpoint, long number) {
    long bytes = 0;
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.equals("state-" + number) || name.startsWith("state-" + number + ".")) {
          bytes += Files.size(file);
        }
      }
    } catch (IOException e) {
      // It was replaced by a newer one just now; what was seen of it counts.
      return bytes;
    }
    return bytes;
  }
}
