package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.source.ConnectorSourceFactory;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SourceTransform;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;

/**
 * The connectors on the class path, which run some composite transforms in place of their
 * expansion.
 *
 * <p>Used by one thread during translation.
 */
final class Connectors {
  private final List<Connector> connectors =
      ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::get).toList();
  private final JobSinks sinks;

  Connectors(JobSinks sinks) {
    this.sinks = sinks;
  }

  /**
   * Lets a connector run a transform, if one of them does.
   *
   * @return whether one does
   */
  boolean translate(
      TransformHierarchy.Node node,
      PTransform<?, ?> transform,
      AppliedPTransform<?, ?, ?> application,
      GraphBuilder graph) {
    for (Connector connector : connectors) {
      Optional<SinkTransform<?>> sink = connector.sink(node.getFullName(), transform);
      if (sink.isPresent()) {
        int step = graph.step(application, "", sinks.add(connector, sink.get()), null);
        graph.connect(GraphBuilder.mainInput(application), step, Partitioning.FORWARD);
        return true;
      }
      Optional<SourceTransform<?>> source = connector.source(node.getFullName(), transform);
      if (source.isPresent()) {
        graph.source(application, new ConnectorSourceFactory<>(source.get()), false);
        return true;
      }
    }
    return false;
  }
}
