package io.purlin.nativerunner;

import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import io.purlin.nativerunner.checkpoint.storage.CheckpointInspector;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.sdk.tool.RunnerTools;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the command line asks of this runner. Stateless. */
public final class NativeRunnerTools implements RunnerTools {
  @Override
  public SortedMap<String, String> versions() {
    return new TreeMap<>(Map.of("RocksDB", ColdStore.libraryVersion()));
  }

  @Override
  public String listCheckpoints(Path job) throws IOException {
    return inspector(job).list();
  }

  @Override
  public String describeCheckpoint(Path job, long number) throws IOException {
    return inspector(job).describe(number);
  }

  @Override
  public String verifyCheckpoint(Path job, long number) throws IOException {
    return inspector(job).verify(number);
  }

  @Override
  public Verdict verifyCheckpoints(Path job) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean whole = inspector(job).verifyAll(text);
    return new Verdict(whole, text.toString());
  }

  private static CheckpointInspector inspector(Path job) throws IOException {
    CheckpointFiles files = new NioCheckpointFiles();
    if (!files.exists(job)) {
      throw new NoSuchFileException(job + ": there is no such directory");
    }
    return new CheckpointInspector(files, job);
  }
}
