package io.purlin.nativerunner.translate;

import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.PTransform;

/**
 * Adds the vertices and edges of one kind of transform to the graph.
 *
 * @param <T> the kind of transform
 */
interface TransformTranslator<T extends PTransform<?, ?>> {
  /**
   * Translates one application.
   *
   * @throws UnsupportedTransformException when it asks for something that cannot be run
   */
  void translate(AppliedPTransform<?, ?, ?> application, T transform, GraphBuilder graph);
}
