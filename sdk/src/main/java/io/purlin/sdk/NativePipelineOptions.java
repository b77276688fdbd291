package io.purlin.sdk;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.StreamingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Options of the NativeRunner. Where Flink or Beam's FlinkRunner has an option for the same thing,
 * the name is theirs. Values out of range are refused when the runner is made.
 */
public interface NativePipelineOptions extends PipelineOptions, StreamingOptions {
  /** How many parallel tasks a step is run by. */
  @Description("Parallel tasks of each step, 1 to maxParallelism. Default: the number of cores.")
  @Default.InstanceFactory(CoresFactory.class)
  Integer getParallelism();

  /** Sets the number of parallel tasks. */
  void setParallelism(Integer value);

  /** How many key groups keyed state is divided into. */
  @Description(
      "Key groups, 1 to 32768: the largest parallelism that a job can be restarted with. Keep it"
          + " over the life of a job.")
  @Default.Integer(128)
  Integer getMaxParallelism();

  /** Sets the number of key groups. */
  void setMaxParallelism(Integer value);

  /** Whether steps are fused into chains. */
  @Description("Fuse steps into chains that pass elements by direct calls.")
  @Default.Boolean(true)
  Boolean getOperatorChaining();

  /** Sets whether steps are fused. */
  void setOperatorChaining(Boolean value);

  /** Steps that start a new chain. */
  @Description(
      "Steps that are not chained to what comes before them: names or patterns with *, separated by"
          + " commas.")
  @Nullable List<String> getStartNewChainAt();

  /** Sets the steps that start a new chain. */
  void setStartNewChainAt(@Nullable List<String> value);

  /** Steps that are chained to nothing. */
  @Description("Steps that are chained to nothing: names or patterns with *, separated by commas.")
  @Nullable List<String> getDisableChainingFor();

  /** Sets the steps that are chained to nothing. */
  void setDisableChainingFor(@Nullable List<String> value);

  /** The largest bundle, in elements. */
  @Description("Elements after which a bundle ends, at least 1.")
  @Default.Long(1000)
  Long getMaxBundleSize();

  /** Sets the largest bundle, in elements. */
  void setMaxBundleSize(Long value);

  /** The longest bundle, in milliseconds. */
  @Description(
      "Milliseconds after which a bundle ends, at least 1. It ends earlier when input runs dry.")
  @Default.Long(1000)
  Long getMaxBundleTimeMills();

  /** Sets the longest bundle, in milliseconds. */
  void setMaxBundleTimeMills(Long value);

  /** How long an element may wait in a batch that is not full. */
  @Description(
      "Milliseconds that an element may wait for its batch to fill before it is sent to the next"
          + " task, at least 0.")
  @Default.Long(10)
  Long getBufferTimeoutMillis();

  /** Sets how long an element may wait in a batch. */
  void setBufferTimeoutMillis(Long value);

  /** Batch slots of each channel. */
  @Description("Batches that may be under way in each channel between two tasks, 1 to 1024.")
  @Default.Integer(8)
  Integer getBuffersPerChannel();

  /** Sets the batch slots of each channel. */
  void setBuffersPerChannel(Integer value);

  /** How often sources pass on their watermark. */
  @Description("Milliseconds between watermarks of a source, at least 0.")
  @Default.Long(20)
  Long getAutoWatermarkInterval();

  /** Sets how often sources pass on their watermark. */
  void setAutoWatermarkInterval(Long value);

  /**
   * Whether user code is checked for changing elements.
   *
   * <p>The name is shared with Beam's DirectRunner, and Beam wants one default for one name. So the
   * declared default is that runner's; the NativeRunner checks only when the option is given.
   */
  @Description(
      "Check that no step changes an element that it was given or has emitted. Slow. The"
          + " NativeRunner checks only when this is given, the DirectRunner unless it is false.")
  @Default.Boolean(true)
  boolean isEnforceImmutability();

  /** Sets whether user code is checked for changing elements. */
  void setEnforceImmutability(boolean value);

  /** Whether the plan is printed instead of run. */
  @Description(
      "Print chains, exchanges and why each boundary is there, and stop without running anything.")
  @Default.Boolean(false)
  Boolean getExplain();

  /** Sets whether the plan is printed instead of run. */
  void setExplain(Boolean value);

  /** The machine's cores, but at least one. */
  final class CoresFactory implements DefaultValueFactory<Integer> {
    @Override
    public Integer create(PipelineOptions options) {
      return Math.max(1, Runtime.getRuntime().availableProcessors());
    }
  }
}
