package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.JobView;
import java.util.Map;

/** How a job and its server are configured. Stateless. */
public final class ConfigJson {
  private static final int REFRESH_MILLIS = 1_000;

  private ConfigJson() {}

  /**
   * The answer to {@code /jobs/:id/config}.
   *
   * @param options with secrets masked
   */
  public static ObjectNode options(JobView job, Map<String, String> options) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("jid", job.id());
    node.put("name", job.name());
    ObjectNode execution = node.putObject("execution-config");
    ObjectNode user = execution.putObject("user-config");
    options.forEach(user::put);
    return node;
  }

  /** The answer to {@code /config}. */
  public static ObjectNode ofServer(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("refresh-interval", REFRESH_MILLIS);
    node.put("timezone-name", "UTC");
    node.put("timezone-offset", 0);
    node.put("now", job.nowMillis());
    ObjectNode features = node.putObject("features");
    features.put("web-submit", false);
    features.put("web-cancel", false);
    features.put("web-history", false);
    return node;
  }
}
