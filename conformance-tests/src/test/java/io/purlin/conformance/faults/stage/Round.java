package io.purlin.conformance.faults.stage;

import io.purlin.conformance.faults.oracle.Verdict;
import io.purlin.conformance.faults.pipeline.FaultJob;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One job from its first start to the oracle's verdict, through as many lives of the runner as the
 * row gives it. Owned by one thread.
 */
public final class Round implements AutoCloseable {
  /** Until a runner that was started shows new committed results: start, restore, catching up. */
  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(90);

  private static final int CONNECT_TRIES = 6;

  /** Until a job whose source has ended is done. */
  private static final Duration FINISH_LIMIT = Duration.ofMinutes(3);

  /**
   * Where a round plays.
   *
   * @param job the job's name
   * @param folder for logs and checkpoints
   * @param servers the broker
   */
  public record Place(String job, Path folder, String servers) {
    String source() {
      return job + "-in";
    }

    String output() {
      return job + "-out";
    }

    /** Where checkpoints are kept. */
    public Path checkpoints() {
      return folder.resolve("checkpoints");
    }

    /** Where RocksDB keeps its files. */
    public Path state() {
      return folder.resolve("state");
    }

    Path temporary() {
      return folder.resolve("tmp");
    }

    /** What makes the sink slow. */
    public Path brake() {
      return folder.resolve("brake");
    }

    /** What makes user code fail. */
    public Path trap() {
      return folder.resolve("trap");
    }
  }

  private final Launch launch;
  private final Place place;
  private final Generator generator;
  private final Oracle oracle;
  private final List<OwnProcess> lives = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private boolean sourceEnded;
  private boolean good;

  Round(Launch launch, Place place, Load load, long seed) {
    this.launch = launch;
    this.place = place;
    // What an earlier run of the same seed has left.
    Folders.delete(place.folder());
    try {
      Files.createDirectories(place.checkpoints());
      Files.createDirectories(place.state());
      Files.createDirectories(place.temporary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    createTopics(load.partitions());
    flags.addAll(
        List.of(
            "--runner=NativeRunner",
            "--jobName=" + place.job(),
            "--bootstrapServers=" + place.servers(),
            "--from=" + place.source(),
            "--to=" + place.output(),
            "--trap=" + place.trap(),
            "--brake=" + place.brake(),
            "--checkpointingInterval=100",
            "--checkpointDir=" + place.checkpoints(),
            "--parallelism=2"));
    generator = new Generator(place.servers(), place.source(), load, seed);
    oracle = new Oracle(launch, place.servers(), place.source(), place.output());
  }

  /**
   * A machine that is busy with other things may take longer than a user would be asked to wait.
   */
  private void createTopics(int partitions) {
    for (int tries = 1; ; tries++) {
      try (Topics topics = Topics.at(place.servers())) {
        topics.create(place.source(), partitions);
        topics.create(place.output(), partitions);
        return;
      } catch (UserError e) {
        if (tries == CONNECT_TRIES) {
          throw e;
        }
      }
    }
  }

  /** Where it plays. */
  public Place place() {
    return place;
  }

  /** Where Kafka keeps which checkpoint is committed. */
  public CommitTopic commitTopic() {
    return new CommitTopic(place);
  }

  /** Adds flags of the pipeline for all lives from now on; a later one replaces an earlier one. */
  public Round with(String... more) {
    for (String flag : more) {
      String name = flag.substring(0, flag.indexOf('=') + 1);
      flags.removeIf(each -> each.startsWith(name));
      flags.add(flag);
    }
    return this;
  }

  /** The pipeline's flags. */
  public List<String> flags() {
    return List.copyOf(flags);
  }

  /** Starts the runner as the first time or again. */
  public OwnProcess start(String... jvmFlags) {
    List<String> all = new ArrayList<>(List.of(jvmFlags));
    // Native libraries are unpacked there, and a process that is killed leaves them.
    all.add("-Djava.io.tmpdir=" + place.temporary());
    OwnProcess life =
        OwnProcess.java(
            launch,
            place.folder().resolve("runner-" + (lives.size() + 1) + ".log"),
            all,
            FaultJob.class,
            flags);
    lives.add(life);
    return life;
  }

  /** How many results a concurrent reader has seen. */
  public long seen() {
    return oracle.seen();
  }

  /** Waits for results that were not there, while the runner must not end. */
  public void awaitProgress(OwnProcess life) {
    long before = oracle.seen();
    for (long waited = 0; waited < progressMillis(); waited += 50) {
      if (oracle.awaitSeen(before, Duration.ofMillis(50))) {
        return;
      }
      requireAlive(life);
    }
    throw new Violation("no new result within " + PROGRESS_LIMIT + "\n" + life.logTail());
  }

  /**
   * Waits until a runner has begun a checkpoint that was not there when it was started.
   *
   * @param checkpoints where it keeps them; nobody else writes there
   */
  public void awaitCheckpoint(OwnProcess life, Path checkpoints) {
    long before = newest(checkpoints.resolve(place.job()));
    for (long waited = 0; waited < progressMillis(); waited += 50) {
      if (newest(checkpoints.resolve(place.job())) > before) {
        return;
      }
      pass(life, Duration.ofMillis(50));
    }
    throw new Violation("no new checkpoint within " + PROGRESS_LIMIT + "\n" + life.logTail());
  }

  private static long newest(Path job) {
    try (Stream<Path> all = Files.list(job)) {
      return all.map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.startsWith("chk-"))
          .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
          .max()
          .orElse(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long progressMillis() {
    return PROGRESS_LIMIT.toMillis() * launch.patience();
  }

  /** Lets some time pass, in which the runner must not end. */
  public void pass(OwnProcess life, Duration time) {
    if (life.awaitExit(time).isPresent()) {
      requireAlive(life);
    }
  }

  /** Lets some time pass while no runner runs. */
  public void rest(Duration time) {
    oracle.awaitSeen(Long.MAX_VALUE - 1, time);
  }

  /**
   * Makes user code fail.
   *
   * @param failure {@code <place> <kind> <times>}, and a word to tell it from others
   */
  public void trap(String failure) {
    try {
      Path ready = place.trap().resolveSibling("trap.ready");
      Files.writeString(ready, failure);
      Files.move(ready, place.trap(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the sink slow.
   *
   * @param millis what each result takes; 0: as long as it does
   */
  public void brake(int millis) {
    try {
      Files.deleteIfExists(place.brake());
      if (millis > 0) {
        Path ready = place.brake().resolveSibling("brake.ready");
        Files.writeString(ready, Integer.toString(millis));
        Files.move(ready, place.brake(), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until user code has failed as often as it was told. */
  public void awaitSprung(OwnProcess life) {
    for (long waited = 0; Files.exists(place.trap()); waited += 50) {
      if (waited > progressMillis() || life.awaitExit(Duration.ofMillis(50)).isPresent()) {
        if (Files.exists(place.trap())) {
          throw new Violation("user code was not called as planned\n" + life.logTail());
        }
      }
    }
  }

  /** Lets user code fail no more. */
  public void disarm() {
    try {
      Files.deleteIfExists(place.trap());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireAlive(OwnProcess life) {
    if (!life.isAlive()) {
      throw new Violation(
          "the runner has ended by itself with "
              + life.awaitExit(Duration.ZERO)
              + "\n"
              + life.logTail());
    }
  }

  /** Kills the runner. */
  public void kill(OwnProcess life) {
    requireAlive(life);
    life.signal(Signal.KILL);
    expectExit(life, OwnProcess.KILLED, Duration.ofSeconds(20));
  }

  /** Waits for the end of the runner, which must be of the given kind. */
  public void expectExit(OwnProcess life, int code, Duration limit) {
    OptionalInt ended = life.awaitEnd(limit);
    if (ended.isEmpty() || ended.getAsInt() != code) {
      throw new Violation(
          "the runner should end with "
              + code
              + " within "
              + limit
              + ", but: "
              + ended
              + "\n"
              + life.logTail());
    }
  }

  /** Ends the source: a job that runs comes to its end. */
  public void endSource() {
    if (!sourceEnded) {
      sourceEnded = true;
      generator.finish();
    }
  }

  /**
   * Ends the source, waits for the job's own end and has the oracle judge.
   *
   * @throws Violation when it is not content
   */
  public Verdict finish(OwnProcess life) {
    endSource();
    expectExit(life, 0, FINISH_LIMIT);
    Verdict verdict = oracle.judge();
    good = verdict.good();
    if (!good) {
      throw new Violation(verdict.line() + "\n" + String.join("\n", verdict.examples()));
    }
    return verdict;
  }

  /** Ends all that runs. What a round leaves behind that was not good is kept. */
  @Override
  public void close() {
    lives.forEach(OwnProcess::close);
    oracle.close();
    generator.close();
    if (good) {
      Folders.delete(place.folder());
    }
  }
}
