package io.purlin.pipelines.nexmark;

import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryModel;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryTransform;
import org.apache.beam.sdk.nexmark.queries.Query0;
import org.apache.beam.sdk.nexmark.queries.Query0Model;
import org.apache.beam.sdk.nexmark.queries.Query1;
import org.apache.beam.sdk.nexmark.queries.Query10;
import org.apache.beam.sdk.nexmark.queries.Query11;
import org.apache.beam.sdk.nexmark.queries.Query12;
import org.apache.beam.sdk.nexmark.queries.Query1Model;
import org.apache.beam.sdk.nexmark.queries.Query2;
import org.apache.beam.sdk.nexmark.queries.Query2Model;
import org.apache.beam.sdk.nexmark.queries.Query3;
import org.apache.beam.sdk.nexmark.queries.Query3Model;
import org.apache.beam.sdk.nexmark.queries.Query4;
import org.apache.beam.sdk.nexmark.queries.Query4Model;
import org.apache.beam.sdk.nexmark.queries.Query5;
import org.apache.beam.sdk.nexmark.queries.Query5Model;
import org.apache.beam.sdk.nexmark.queries.Query6;
import org.apache.beam.sdk.nexmark.queries.Query6Model;
import org.apache.beam.sdk.nexmark.queries.Query7;
import org.apache.beam.sdk.nexmark.queries.Query7Model;
import org.apache.beam.sdk.nexmark.queries.Query8;
import org.apache.beam.sdk.nexmark.queries.Query8Model;
import org.apache.beam.sdk.nexmark.queries.Query9;
import org.apache.beam.sdk.nexmark.queries.Query9Model;
import org.jspecify.annotations.Nullable;

/**
 * A query and its model.
 *
 * @param transform the query
 * @param model what its results should be; null for queries that have none
 */
record NexmarkQuery<T extends KnownSize>(
    NexmarkQueryTransform<T> transform, @Nullable NexmarkQueryModel<T> model) {
  /** The queries are numbered from 0 to this. */
  static final int LAST = 12;

  static NexmarkQuery<?> of(int number, NexmarkConfiguration config) {
    return switch (number) {
      case 0 -> new NexmarkQuery<>(new Query0(), new Query0Model(config));
      case 1 -> new NexmarkQuery<>(new Query1(config), new Query1Model(config));
      case 2 -> new NexmarkQuery<>(new Query2(config), new Query2Model(config));
      case 3 -> new NexmarkQuery<>(new Query3(config), new Query3Model(config));
      case 4 -> new NexmarkQuery<>(new Query4(config), new Query4Model(config));
      case 5 -> new NexmarkQuery<>(new Query5(config), new Query5Model(config));
      case 6 -> new NexmarkQuery<>(new Query6(config), new Query6Model(config));
      case 7 -> new NexmarkQuery<>(new Query7(config), new Query7Model(config));
      case 8 -> new NexmarkQuery<>(new Query8(config), new Query8Model(config));
      case 9 -> new NexmarkQuery<>(new Query9(config), new Query9Model(config));
      case 10 -> new NexmarkQuery<>(query10(config), null);
      case 11 -> new NexmarkQuery<>(new Query11(config), null);
      case 12 -> new NexmarkQuery<>(new Query12(config), null);
      default -> throw new IllegalArgumentException("no query " + number);
    };
  }

  /** Without a path it writes no files, but does all else. */
  private static Query10 query10(NexmarkConfiguration config) {
    Query10 query = new Query10(config);
    query.setMaxNumWorkers(1);
    return query;
  }
}
