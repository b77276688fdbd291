package io.purlin.state;

import org.apache.beam.sdk.coders.Coder;

/**
 * Describes a table, completely enough to write it down and to find it again.
 *
 * @param name stable over restarts: full step name, then the state cell's id
 * @param keyCoder by whose encoding keys are equal
 * @param windowCoder of the windows or namespaces that divide the table
 * @param maxParallelism number of key groups of the job
 * @param type what its cells are
 * @param <W> window or namespace; has {@code equals} and {@code hashCode}
 * @param <C> the class of the cells
 */
public record TableSpec<W, C extends Cell>(
    String name,
    Coder<?> keyCoder,
    Coder<? extends W> windowCoder,
    int maxParallelism,
    CellType<C> type) {}
