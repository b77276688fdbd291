package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.FailureView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.sdk.secret.Secrets;

/** What has failed a job. Stateless. */
public final class ExceptionsJson {
  private ExceptionsJson() {}

  /** The answer to {@code /jobs/:id/exceptions}, with secrets masked. */
  public static ObjectNode of(JobView job, Secrets secrets) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (job.failures().isEmpty()) {
      node.putNull("root-exception");
      node.putNull("timestamp");
    } else {
      FailureView newest = job.failures().get(0);
      node.put("root-exception", secrets.masked(newest.stackTrace()));
      node.put("timestamp", newest.atMillis());
    }
    node.put("numRestarts", Math.max(0, job.attempts() - 1));
    ObjectNode history = node.putObject("exceptionHistory");
    ArrayNode entries = history.putArray("entries");
    for (FailureView each : job.failures()) {
      ObjectNode entry = entries.addObject();
      entry.put("exceptionName", each.exception());
      entry.put("stacktrace", secrets.masked(each.stackTrace()));
      entry.put("timestamp", each.atMillis());
      entry.put("taskName", each.task());
    }
    history.put("truncated", false);
    return node;
  }
}
