package io.purlin.nativerunner.source;

import io.purlin.sdk.connector.SourceJob;
import io.purlin.sdk.connector.SourceTransform;
import java.util.List;
import java.util.Optional;

/**
 * Reads the source of a connector, which finds and deals out its splits itself.
 *
 * @param <T> its elements
 */
public final class ConnectorSourceFactory<T> implements SourceFactory {
  private final SourceTransform<T> transform;

  /** A factory of readers of the given source. */
  public ConnectorSourceFactory(SourceTransform<T> transform) {
    this.transform = transform;
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context) {
    return readers(context, Optional.empty());
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions) {
    return readers(context, Optional.of(positions));
  }

  private List<SourceReader> readers(SourceContext context, Optional<List<byte[]>> positions) {
    SourceJob job =
        new SourceJob(context.parallelism(), positions, context.clock()::millis, context.options());
    return transform.createReaders(job).stream()
        .<SourceReader>map(reader -> new ConnectorReader<>(reader, context))
        .toList();
  }
}
