package io.purlin.sdk.connector;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;

/**
 * A way to an external system that runs some of Beam's transforms in place of their own expansion.
 *
 * <p>Implementations are named in {@code META-INF/services} and have a public constructor without
 * parameters. They keep no state: one instance may serve many jobs and threads.
 */
public interface Connector {
  /** What messages call the connector, such as {@code kafka}. */
  String name();

  /**
   * The sink that runs the transform, or nothing when the transform is none of this connector's or
   * uses a feature that only its own expansion has; then the expansion runs, and the connector has
   * logged why.
   *
   * <p>Called while the pipeline is translated, for every composite transform from the outermost
   * inwards. It asks the external system nothing. The transform's input is one PCollection of
   * {@link SinkTransform}'s element type; outputs of its expansion are dropped.
   *
   * @param stepName the transform's full name in the pipeline, for messages
   * @throws IllegalArgumentException when the transform is this connector's and cannot work; the
   *     message says what to change
   */
  Optional<SinkTransform<?>> sink(String stepName, PTransform<?, ?> transform);

  /**
   * The source that runs the transform, or nothing when the transform is none of this connector's
   * or uses a feature that only its own expansion has; then the expansion runs, and the connector
   * has logged why.
   *
   * <p>Called as {@link #sink} is. The transform has no input; its one output is a PCollection of
   * {@link SourceTransform}'s element type, with the coder that its expansion gave it.
   *
   * @param stepName the transform's full name in the pipeline, for messages
   * @throws IllegalArgumentException when the transform is this connector's and cannot work; the
   *     message says what to change
   */
  default Optional<SourceTransform<?>> source(String stepName, PTransform<?, ?> transform) {
    return Optional.empty();
  }

  /**
   * Makes the one coordinator of a job for an external system. Asks the external system nothing yet
   * and starts no thread.
   *
   * @param sinks all the job's sinks of that system, all made by this connector and of one {@link
   *     SinkTransform#system()}; at least one
   * @throws IllegalArgumentException when the sinks cannot share a coordinator; the message names
   *     the steps and the setting in which they differ
   */
  SinkCoordinator coordinator(SinkJob job, List<SinkTransform<?>> sinks);
}
