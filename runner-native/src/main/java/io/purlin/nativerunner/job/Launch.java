package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.CheckpointProtocol;
import io.purlin.nativerunner.checkpoint.storage.CheckpointCorruptException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.job.watch.JobWatch;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.source.RefusedPositionException;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts attempts: takes the sinks over from whoever had them, asks which checkpoint they committed
 * last, restores exactly that one, and wires the tasks.
 *
 * <p>Used by one thread at a time: the one that makes the job, then the job's own.
 */
final class Launch implements Supervisor.Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  private final ExecutionPlan plan;
  private final SideInputStore sideInputs;
  private final JobSinks sinks;
  private final JobSettings settings;
  private final JobWatch watch;
  private final Supplier<String> tokens;
  private boolean resumes;
  private JobSettings.@Nullable Origin origin;

  Launch(
      ExecutionPlan plan,
      SideInputStore sideInputs,
      JobSinks sinks,
      JobSettings settings,
      JobWatch watch) {
    this.watch = watch;
    this.plan = plan;
    this.sideInputs = sideInputs;
    this.sinks = sinks;
    this.settings = settings;
    this.tokens = settings.machine().tokens();
    this.resumes = settings.checkpointing() == null || settings.checkpointing().resumes();
    this.origin = settings.checkpointing() == null ? null : settings.checkpointing().origin();
  }

  @Override
  public Attempt launch(Crew.Listener listener, CheckpointRounds.Wake wake) throws IOException {
    sideInputs.clear();
    // A test stream counts processing time from the beginning of time, as Beam's own runner does.
    Clock clock =
        settings.stepped()
            ? new ManualClock(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis())
            : settings.machine().clock();
    JobSettings.Checkpointing checkpointing = settings.checkpointing();
    Optional<CheckpointId> marker = sinks.connect(sinkJob(checkpointing));
    if (checkpointing == null) {
      return attempt(
          new JobWiring(plan.forAttempt(), sideInputs, settings, clock, null, Restored.NOTHING),
          null,
          listener);
    }
    CheckpointStore.Stored start = start(checkpointing, marker);
    // A failure of this run is no reason to forget what it has done.
    resumes = true;
    origin = null;
    Restored restored = new Restored(start.tasks());
    check(restored, checkpointing);
    CheckpointRounds rounds = rounds(checkpointing, start.id().number(), wake);
    rounds.notedIn(watch.checkpoints());
    watch.checkpoints().restored(start.tasks().isEmpty() ? 0 : start.id().number());
    try {
      JobWiring wiring =
          new JobWiring(plan.forAttempt(), sideInputs, settings, clock, rounds, restored);
      return attempt(wiring, rounds, listener);
    } catch (RefusedPositionException e) {
      if (start.tasks().isEmpty()) {
        // It is the pipeline's own source, of which there is no file yet.
        throw e;
      }
      throw new CheckpointCorruptException(
          checkpointing.store().file(start.id(), e.step()), String.valueOf(e.getMessage()), e);
    }
  }

  private CheckpointStore.Stored start(
      JobSettings.Checkpointing checkpointing, Optional<CheckpointId> marker) throws IOException {
    JobSettings.Origin from = origin;
    if (from != null) {
      return goOnFrom(from, checkpointing, marker);
    }
    return resumes ? resume(checkpointing, marker) : beginAnew(checkpointing.store(), marker);
  }

  /** Makes a checkpoint that the user has named the job's newest, here and outside. */
  private CheckpointStore.Stored goOnFrom(
      JobSettings.Origin from,
      JobSettings.Checkpointing checkpointing,
      Optional<CheckpointId> marker)
      throws IOException {
    CheckpointStore store = checkpointing.store();
    CheckpointStore.Foreign found = store.find(from.path());
    CheckpointId id = found.stored().id();
    refuseToRepeat(from, found, marker);
    check(new Restored(found.stored().tasks()), checkpointing);
    long before =
        Math.max(
            Math.max(store.newestNumber(), id.number()),
            marker.map(CheckpointId::number).orElse(0L));
    CheckpointId here = new CheckpointId(before + 1, tokens.get());
    sinks.prepare(here);
    found.copyAs(here);
    sinks.commit(here);
    store.noteCommitted(here);
    LOG.info("The job goes on from checkpoint {} in {}, as {}.", id, from.path(), here);
    return new CheckpointStore.Stored(here, found.stored().tasks());
  }

  private void refuseToRepeat(
      JobSettings.Origin from, CheckpointStore.Foreign found, Optional<CheckpointId> marker)
      throws CheckpointUnavailableException {
    CheckpointId id = found.stored().id();
    if (!sinks.isEmpty() && marker.equals(Optional.of(id))) {
      return;
    }
    if (!found.isCommitted()) {
      throw new CheckpointUnavailableException(
          from.path() + " holds checkpoint " + id + ", which was never committed.");
    }
    if (sinks.isEmpty()) {
      return;
    }
    String what =
        from.path()
            + " holds checkpoint "
            + id
            + ", but the external system names "
            + marker.map(last -> "checkpoint " + last).orElse("none")
            + " as committed last by this job: output behind checkpoint "
            + id
            + " would be written again";
    if (!from.allowDuplicates()) {
      throw new CheckpointUnavailableException(
          what
              + ". Leave --resume out to go on from what was committed last, or take repeated"
              + " output with --allowDuplicates.");
    }
    LOG.warn("{}, as --allowDuplicates says.", what);
  }

  private CheckpointStore.Stored resume(
      JobSettings.Checkpointing checkpointing, Optional<CheckpointId> marker) throws IOException {
    Optional<CheckpointStore.Stored> found;
    try {
      found =
          checkpointing
              .store()
              .restore(sinks.isEmpty() ? ExternalCommit.none() : ExternalCommit.answered(marker));
    } catch (CheckpointCorruptException e) {
      throw new CheckpointCorruptException(
          e,
          "Nothing of it was used. Put the file back, go on from another checkpoint with"
              + " --resume=<its directory>, or begin anew with --resume=never.");
    }
    if (found.isPresent()) {
      LOG.info(
          new Restored(found.get().tasks()).hasEnded()
              ? "The job has ended before, with checkpoint {}: nothing is left to do. It begins"
                  + " anew with --resume=never."
              : "The job goes on from checkpoint {}.",
          found.get().id());
      return found.get();
    }
    CheckpointId beginning = new CheckpointId(0, tokens.get());
    if (!sinks.isEmpty() && marker.isEmpty()) {
      // From now on an external system without an answer is one that has lost it.
      sinks.prepare(beginning);
      sinks.commit(beginning);
    }
    return new CheckpointStore.Stored(beginning, List.of());
  }

  /** Makes the beginning of the job its newest checkpoint, here and outside. */
  private CheckpointStore.Stored beginAnew(CheckpointStore store, Optional<CheckpointId> marker)
      throws IOException {
    long before = Math.max(store.newestNumber(), marker.map(CheckpointId::number).orElse(0L));
    CheckpointId beginning = new CheckpointId(before + 1, tokens.get());
    sinks.prepare(beginning);
    store.write(beginning, List.of());
    sinks.commit(beginning);
    store.noteCommitted(beginning);
    store.deleteOlder(beginning, 1);
    return new CheckpointStore.Stored(beginning, List.of());
  }

  private Attempt attempt(
      JobWiring wiring, @Nullable CheckpointRounds rounds, Crew.Listener listener) {
    watch.wired(wiring.watch());
    return new Attempt(wiring.crew(listener), rounds, sinks, wiring.metrics(), wiring.memory());
  }

  private CheckpointRounds rounds(
      JobSettings.Checkpointing checkpointing, long last, CheckpointRounds.Wake wake) {
    Clock clock = settings.machine().clock();
    CheckpointProtocol protocol =
        new CheckpointProtocol(
            checkpointing.settings(),
            plan.chains().stream().mapToInt(ChainPlan::parallelism).sum(),
            !sinks.isEmpty(),
            last,
            tokens);
    return new CheckpointRounds(protocol, last, checkpointing.store(), sinks, clock, wake);
  }

  private SinkJob sinkJob(JobSettings.@Nullable Checkpointing checkpointing) {
    return new SinkJob(
        settings.options().getJobName(),
        checkpointing == null ? Guarantee.AT_LEAST_ONCE : Guarantee.EXACTLY_ONCE,
        Duration.ofMillis(checkpointing == null ? 1 : checkpointing.settings().intervalMillis()),
        Duration.ofMillis(checkpointing == null ? 1 : checkpointing.settings().timeoutMillis()),
        settings.options());
  }

  private void check(Restored restored, JobSettings.Checkpointing checkpointing)
      throws CheckpointUnavailableException {
    List<String> known =
        plan.chains().stream()
            .flatMap(chain -> chain.members().stream())
            .map(Vertex::name)
            .toList();
    List<String> unknown = restored.unknown(known);
    if (unknown.isEmpty()) {
      return;
    }
    if (!checkpointing.allowNonRestoredState()) {
      throw new CheckpointUnavailableException(
          "the checkpoint holds state of steps that the pipeline does not have: "
              + unknown
              + ". Give them their names back, or drop that state with --allowNonRestoredState.");
    }
    LOG.warn("state of steps that the pipeline does not have is dropped: {}", unknown);
  }

  @Override
  public void close() {
    sinks.close();
    JobSettings.Checkpointing checkpointing = settings.checkpointing();
    if (checkpointing != null) {
      try {
        checkpointing.store().close();
      } catch (IOException e) {
        LOG.warn("the job's checkpoints cannot be let go: {}", e.toString());
      }
    }
  }
}
