package io.purlin.pipelines;

import io.purlin.pipelines.clickstream.ClickstreamJob;
import io.purlin.pipelines.copy.KafkaCopyJob;
import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.nexmark.NexmarkJob;
import io.purlin.pipelines.wordcount.WordCountJob;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The pipelines by the names that users give them. */
final class JobNames {
  private static final Map<String, Supplier<Job>> JOBS =
      new TreeMap<>(
          Map.of(
              "Clickstream",
              ClickstreamJob::new,
              "KafkaCopy",
              KafkaCopyJob::new,
              "WordCount",
              WordCountJob::new,
              "Nexmark",
              NexmarkJob::new));

  private JobNames() {}

  /** The names of ours. */
  static Set<String> ours() {
    return JOBS.keySet();
  }

  /**
   * The pipeline called {@code name}: one of ours, or a class that implements {@link Job}.
   *
   * @param argument what the user wrote, for the message
   * @throws UserError when there is none
   */
  static Job find(String name, String argument) {
    Supplier<Job> ours = JOBS.get(name);
    if (ours != null) {
      return ours.get();
    }
    try {
      return Class.forName(name).asSubclass(Job.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new UserError(
          argument
              + ": there is no such pipeline. It must be one of "
              + String.join(", ", JOBS.keySet())
              + ", or a class that implements "
              + Job.class.getName()
              + ".",
          e);
    }
  }
}
