package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.Clickstream.TopicNames;
import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.generator.SitePages;
import io.purlin.pipelines.job.Job;
import io.purlin.pipelines.job.RestartableRun;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Runs {@link Clickstream} from the command line. */
public final class ClickstreamJob implements Job {
  private static final int PARTITIONS = 4;
  private static final int CLICKS = 1_000_000;

  /** On runners that take as long for them as the native one for a million, or longer. */
  private static final Map<String, Integer> CLICKS_ELSEWHERE =
      Map.of("DirectRunner", 20_000, "FlinkRunner", 100_000);

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final UnaryOperator<KafkaIO.Write<byte[], byte[]>> sinks;

  /** The job as the command line has it. */
  public ClickstreamJob() {
    this(UnaryOperator.identity());
  }

  /**
   * The job with other sinks: not every runner writes exactly once with a plain write.
   *
   * @param sinks makes of a write that has all it needs the one that is used; called once for each
   *     topic when a run is prepared, on that thread
   */
  public ClickstreamJob(UnaryOperator<KafkaIO.Write<byte[], byte[]>> sinks) {
    this.sinks = sinks;
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return ClickstreamOptions.class;
  }

  @Override
  public boolean usesKafka() {
    return true;
  }

  @Override
  public void checkOptions(PipelineOptions general) {
    ClickstreamOptions options = general.as(ClickstreamOptions.class);
    within("clicks", clicks(options), 1, 100_000_000);
    within("outOfOrderMillis", options.getOutOfOrderMillis(), 0, HOUR);
    within("allowedDelayMillis", options.getAllowedDelayMillis(), 0, DAY);
    within("sessionGapMillis", options.getSessionGapMillis(), 1, DAY);
    within("earlyFiringMillis", options.getEarlyFiringMillis(), 1, DAY);
    String group = options.getGroupId();
    if (group != null && group.isBlank()) {
      throw new UserError("--groupId is empty.");
    }
  }

  @Override
  public RestartableRun prepare(PipelineOptions general) {
    ClickstreamOptions options = general.as(ClickstreamOptions.class);
    Topics topics = Topics.at(options.getBootstrapServers());
    try {
      return prepare(options, clicks(options), topics);
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  @Override
  public Pipeline outline(PipelineOptions general) {
    ClickstreamOptions options = general.as(ClickstreamOptions.class);
    TopicNames names =
        new TopicNames(
            Objects.requireNonNullElse(options.getClicksTopic(), "clicks"),
            Objects.requireNonNullElse(options.getPageViewsTopic(), "page-views"),
            Objects.requireNonNullElse(options.getSessionsTopic(), "sessions"));
    return new Clickstream(options, sinks).build(names, catalogue());
  }

  private static int clicks(ClickstreamOptions options) {
    Integer clicks = options.getClicks();
    if (clicks != null) {
      return clicks;
    }
    return CLICKS_ELSEWHERE.getOrDefault(options.getRunner().getSimpleName(), CLICKS);
  }

  private static void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UserError(
          "--%s=%d is out of range: %d to %d.".formatted(option, value, least, most));
    }
  }

  private RestartableRun prepare(ClickstreamOptions options, int clicks, Topics topics) {
    String given = options.getClicksTopic();
    for (String topic :
        new @Nullable String[] {given, options.getPageViewsTopic(), options.getSessionsTopic()}) {
      if (topic != null) {
        topics.partitions(topic);
      }
    }
    String run = UUID.randomUUID().toString();
    TopicNames names =
        new TopicNames(
            given != null ? given : create(topics, "clicks-" + run),
            orCreate(topics, options.getPageViewsTopic(), "page-views-" + run),
            orCreate(topics, options.getSessionsTopic(), "sessions-" + run));
    Map<String, CataloguePage> catalogue = catalogue();
    Pipeline pipeline = new Clickstream(options, sinks).build(names, catalogue);
    String servers = options.getBootstrapServers();
    ClickFeed feed = given != null ? null : feed(options, clicks, names.clicks());
    return new ClickstreamRun(
        pipeline, names, new ClickstreamOutputs(servers, topics, names, catalogue), feed);
  }

  private static String create(Topics topics, String name) {
    topics.create(name, PARTITIONS);
    return name;
  }

  private static String orCreate(Topics topics, @Nullable String given, String name) {
    return given != null ? given : create(topics, name);
  }

  private static ClickFeed feed(ClickstreamOptions options, int clicks, String topic) {
    ClickModel model =
        new ClickModel(
            options.getSeed(),
            clicks,
            options.getAllowedDelayMillis(),
            options.getOutOfOrderMillis(),
            options.getSessionGapMillis());
    return new ClickFeed(options.getBootstrapServers(), topic, PARTITIONS, model);
  }

  /** The pages that the pipeline knows. */
  static Map<String, CataloguePage> catalogue() {
    Map<String, CataloguePage> pages = new HashMap<>();
    for (int page = 0; page < SitePages.COUNT; page++) {
      if (SitePages.inCatalogue(page)) {
        pages.put(
            SitePages.path(page), CataloguePage.of(SitePages.title(page), SitePages.section(page)));
      }
    }
    return pages;
  }
}
