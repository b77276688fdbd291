package io.purlin.io.kafka.sink;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a job is called on the cluster. Two jobs of different names never share a name here.
 *
 * @param jobName the job's name
 * @param transactionalId under which it writes; {@code purlin-} and the job's name
 * @param commitTopic where its markers go
 */
record SinkNames(String jobName, String transactionalId, String commitTopic) {
  private static final String PREFIX = "purlin-";
  private static final String SUFFIX = "-commits";

  /** Kafka allows topics of 249 characters. */
  private static final int LONGEST = 249 - PREFIX.length() - SUFFIX.length();

  static SinkNames of(String jobName, @Nullable String commitTopic) {
    if (jobName.isEmpty()) {
      throw new IllegalArgumentException("A Kafka sink needs a job name (--jobName).");
    }
    String name = legal(jobName);
    String topic = commitTopic == null ? PREFIX + name + SUFFIX : commitTopic;
    return new SinkNames(jobName, PREFIX + name, topic);
  }

  /** The name itself where Kafka allows it, else something like it with a checksum. */
  private static String legal(String jobName) {
    if (jobName.matches("[A-Za-z0-9._-]{1," + LONGEST + "}")) {
      return jobName;
    }
    CRC32C sum = new CRC32C();
    sum.update(jobName.getBytes(StandardCharsets.UTF_8));
    String clean = jobName.replaceAll("[^A-Za-z0-9._-]", "_");
    String head = clean.substring(0, Math.min(clean.length(), LONGEST - 9));
    return head + "-" + String.format("%08x", sum.getValue());
  }
}
