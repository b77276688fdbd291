package io.purlin.pipelines;

import io.purlin.pipelines.job.UserError;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Says in one line why a run failed. */
final class FailureReport {
  /** Assertions may hold all that they compare. */
  private static final int LONGEST = 1000;

  /** KafkaIO's words, from which nothing but the runner's name follows. */
  private static final String REFUSES_EOS = "compatible with Kafka exactly-once sink";

  private FailureReport() {}

  /**
   * The reason that helps most: what we have said ourselves, else what cannot be serialised, else
   * the innermost cause.
   */
  static String of(Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof UserError) {
        return String.valueOf(cause.getMessage());
      }
    }
    for (Throwable cause : causes) {
      if (cause instanceof NotSerializableException) {
        return "A function of the pipeline cannot be serialised: it holds an object of class "
            + cause.getMessage()
            + ", which is not Serializable.";
      }
    }
    for (Throwable cause : causes) {
      if (cause instanceof UnsupportedOperationException
          && String.valueOf(cause.getMessage()).contains(REFUSES_EOS)) {
        return "KafkaIO refuses .withEOS() for this runner: leave it out. With checkpoints"
            + " (--checkpointingInterval) the native runner writes exactly once without it.";
      }
    }
    Throwable innermost = causes.get(causes.size() - 1);
    String message = innermost.getMessage();
    if (innermost instanceof IllegalArgumentException && message != null) {
      return oneLine(message);
    }
    return oneLine(innermost.toString());
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }
}
