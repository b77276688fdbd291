package io.purlin.state.cold;

import java.nio.file.Path;

/**
 * How a cold store is made.
 *
 * @param directory where scratch directories are made; may be shared by any number of processes
 * @param managedBytes memory for block cache and write buffers together, at least 1 MiB is used
 * @param preset how it is divided
 */
public record ColdSettings(Path directory, long managedBytes, RocksDbPreset preset) {}
