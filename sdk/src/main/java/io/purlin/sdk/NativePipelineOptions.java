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
public interface NativePipelineOptions
    extends PipelineOptions, StreamingOptions, CheckpointOptions, RestOptions {
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

  /**
   * Whether it is checked that coders can encode what steps emit.
   *
   * <p>The name and the default are those of Beam's DirectRunner, as for {@link
   * #isEnforceImmutability}.
   */
  @Description(
      "Check that every element can be encoded and decoded by the coder of its PCollection, and"
          + " pass on what was decoded. Slow. The NativeRunner checks only when this is given, the"
          + " DirectRunner unless it is false.")
  @Default.Boolean(true)
  boolean isEnforceEncodability();

  /** Sets whether it is checked that coders can encode what steps emit. */
  void setEnforceEncodability(boolean value);

  /** Where keyed state goes that does not fit in memory. */
  @Description(
      "Where keyed state is: heap, all of it as objects; or rocksdb, objects up to stateMemory and"
          + " the rest in RocksDB on local disk.")
  @Default.String("heap")
  String getStateBackend();

  /** Sets where keyed state goes that does not fit in memory. */
  void setStateBackend(String value);

  /** How many bytes of keyed state may be objects. */
  @Description(
      "Bytes of the heap for keyed state of all tasks together with the backend rocksdb, at least 1;"
          + " estimated. Default: a third of the heap.")
  @Default.InstanceFactory(StateMemoryFactory.class)
  Long getStateMemory();

  /** Sets how many bytes of keyed state may be objects. */
  void setStateMemory(Long value);

  /** How many bytes RocksDB may use. */
  @Description(
      "Bytes outside of the heap for RocksDB's block cache and write buffers together, at least"
          + " 1048576. Default: 268435456.")
  @Default.Long(268_435_456)
  Long getManagedMemory();

  /** Sets how many bytes RocksDB may use. */
  void setManagedMemory(Long value);

  /** Whether a job starts that may need more memory than there is. */
  @Description(
      "Start the job, with a warning, although its process may need more memory than the container"
          + " or machine has, or keyed state more than the heap can give.")
  @Default.Boolean(false)
  Boolean getAllowMemoryOvercommit();

  /** Sets whether a job starts that may need more memory than there is. */
  void setAllowMemoryOvercommit(Boolean value);

  /** How RocksDB's memory and threads are divided, and how it merges files. */
  @Description(
      "How RocksDB's memory and threads are divided and how it merges files: default, write-heavy,"
          + " read-heavy or low-memory. The first two write little and take up to twice the room of"
          + " the state on disk.")
  @Default.String("default")
  String getRocksdbPreset();

  /** Sets how RocksDB's memory and threads are divided. */
  void setRocksdbPreset(String value);

  /** Where RocksDB keeps its files while a job runs. */
  @Description(
      "Directory for RocksDB's files, which are deleted when the job ends. On a fast local disk."
          + " Default: the system's directory for temporary files.")
  @Nullable String getStateDir();

  /** Sets where RocksDB keeps its files while a job runs. */
  void setStateDir(@Nullable String value);

  /** How the running job is shown to who has started it. */
  @Description(
      "Shows the running job: auto (or the name alone), live in a terminal and else as lines in the"
          + " log; plain, always lines, one in ten seconds; or off.")
  @Default.String("off")
  String getProgress();

  /** Sets how the running job is shown. */
  void setProgress(String value);

  /** Whether a pipeline's options ask for its progress. */
  static boolean showsProgress(PipelineOptions options) {
    String asked = options.as(NativePipelineOptions.class).getProgress();
    return !asked.equals("off") && !asked.equals("false");
  }

  /** Whether the plan is printed instead of run. */
  @Description(
      "Print chains, exchanges and why each boundary is there, and stop without running anything.")
  @Default.Boolean(false)
  Boolean getExplain();

  /** Sets whether the plan is printed instead of run. */
  void setExplain(Boolean value);

  /** How the plan is shown. */
  @Description("With explain, how the plan is shown: text, dot (for Graphviz) or svg.")
  @Default.String("text")
  String getExplainFormat();

  /** Sets how the plan is shown. */
  void setExplainFormat(String value);

  /** Where the plan is written. */
  @Description(
      "With explain, the file that the plan is written to; one that is there is replaced. Default:"
          + " standard output.")
  @Nullable String getExplainOutput();

  /** Sets where the plan is written. */
  void setExplainOutput(@Nullable String value);

  /** A third of what the heap may grow to. */
  final class StateMemoryFactory implements DefaultValueFactory<Long> {
    @Override
    public Long create(PipelineOptions options) {
      return Runtime.getRuntime().maxMemory() / 3;
    }
  }

  /** The machine's cores, but at least one. */
  final class CoresFactory implements DefaultValueFactory<Integer> {
    @Override
    public Integer create(PipelineOptions options) {
      return Math.max(1, Runtime.getRuntime().availableProcessors());
    }
  }
}
