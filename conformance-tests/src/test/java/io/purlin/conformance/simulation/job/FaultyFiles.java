package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.SimulatedDeath;
import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A process's way to the disk: between any two of its doings it may end, and a write be torn by
 * that; and the disk refuses now and then.
 */
public class FaultyFiles implements CheckpointFiles {
  private final CheckpointFiles disk;
  private final Life life;
  private final int refusals;

  /**
   * @param refusals once in how many times it refuses; 0 for never
   */
  public FaultyFiles(CheckpointFiles disk, Life life, int refusals) {
    this.disk = disk;
    this.life = life;
    this.refusals = refusals;
  }

  private void does(String what, Path path) throws IOException {
    life.does(what + " " + path.getFileName());
    if (life.world().breaks(refusals)) {
      life.world().trace().add("the disk refuses");
      throw new IOException(path + ": the disk refuses");
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    does("makes", directory);
    disk.createDirectory(directory);
  }

  @Override
  public Output create(Path file) throws IOException {
    does("creates", file);
    Output output = disk.create(file);
    return new Output() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int half = life.world().chance().between(0, length);
        try {
          does("writes", file);
        } catch (SimulatedDeath | IOException torn) {
          output.write(bytes, offset, half);
          throw torn;
        }
        output.write(bytes, offset, length);
      }

      @Override
      public void sync() throws IOException {
        does("syncs", file);
        FaultyFiles.this.sync(output);
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  /** Makes what was written durable. */
  protected void sync(Output output) throws IOException {
    output.sync();
  }

  @Override
  public void sync(Path file) throws IOException {
    does("syncs", file);
    disk.sync(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    does("syncs", directory);
    disk.syncDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    does("renames", from);
    disk.rename(from, to);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    does("links", name);
    disk.link(existing, name);
  }

  @Override
  public void delete(Path path) throws IOException {
    does("deletes", path);
    disk.delete(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    life.stillThere();
    return disk.list(directory);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    life.stillThere();
    return disk.exists(path);
  }

  @Override
  public long size(Path file) throws IOException {
    life.stillThere();
    return disk.size(file);
  }

  @Override
  public InputStream read(Path file, long offset) throws IOException {
    life.does("reads " + file.getFileName());
    return disk.read(file, offset);
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    life.does("locks");
    return disk.lock(file);
  }
}
