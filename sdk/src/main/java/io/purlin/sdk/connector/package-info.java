/**
 * The contract by which connectors and the engine meet, neither seeing the other.
 *
 * <p>A connector is found by {@link java.util.ServiceLoader} as a {@link
 * io.purlin.sdk.connector.Connector}. In come Beam transforms of a pipeline; out go the sources and
 * sinks that run them in the engine's place. The order of calls of a sink is in {@link
 * io.purlin.sdk.connector.SinkCoordinator}, that of a source in {@link
 * io.purlin.sdk.connector.SourceTransform} and {@link io.purlin.sdk.connector.SplitReader}; who may
 * throw what is in {@link io.purlin.sdk.connector.SinkException} and {@link
 * io.purlin.sdk.connector.SourceException}.
 *
 * <p>Depends on the Beam SDK alone; never on a runner nor on a connector's client library. Thread
 * rule: a {@link io.purlin.sdk.connector.SinkCoordinator} is called by one thread at a time, each
 * {@link io.purlin.sdk.connector.SinkWriter} and each {@link io.purlin.sdk.connector.SplitReader}
 * by the thread of its task, all at the same time.
 */
@NullMarked
package io.purlin.sdk.connector;

import org.jspecify.annotations.NullMarked;
