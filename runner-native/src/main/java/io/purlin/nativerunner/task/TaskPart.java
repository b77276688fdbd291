package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.checkpoint.storage.PartSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A task's own part of a checkpoint: how far it had come, what it had counted, and which of its
 * operators held something. What they held is in parts of their own. Stateless.
 */
public final class TaskPart {
  private TaskPart() {}

  /** Writes it. */
  public static void write(TaskSnapshot task, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeLong(task.watermarkMillis());
    writeAll(task.positions(), out);
    writeAll(task.metrics(), out);
    List<byte[]> steps = new ArrayList<>();
    for (String step : new TreeSet<>(task.operators().keySet())) {
      steps.add(step.getBytes(StandardCharsets.UTF_8));
    }
    writeAll(steps, out);
    out.flush();
  }

  private static void writeAll(List<byte[]> all, DataOutputStream out) throws IOException {
    out.writeInt(all.size());
    for (byte[] each : all) {
      out.writeInt(each.length);
      out.write(each);
    }
  }

  /**
   * Reads what was written.
   *
   * @param states what the operator of a step held in this task
   */
  public static TaskSnapshot read(
      PartSpec spec, InputStream stream, Function<String, OperatorState> states)
      throws IOException {
    DataInputStream in = new DataInputStream(stream);
    long watermarkMillis = in.readLong();
    List<byte[]> positions = readAll(in);
    List<byte[]> metrics = readAll(in);
    Map<String, OperatorState> operators = new HashMap<>();
    for (byte[] each : readAll(in)) {
      String step = new String(each, StandardCharsets.UTF_8);
      operators.put(step, states.apply(step));
    }
    return new TaskSnapshot(
        spec.transform(), spec.scope().first(), watermarkMillis, positions, operators, metrics);
  }

  private static List<byte[]> readAll(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(in.readNBytes(in.readInt()));
    }
    return all;
  }
}
