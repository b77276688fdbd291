package io.purlin.nativerunner.job.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.nativerunner.checkpoint.storage.SpilledFile;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.bytes.ByteChunks;
import io.purlin.state.bytes.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCheckpointsTest {
  private static final int KEY_GROUPS = 128;

  @TempDir Path directory;
  private DirectoryCheckpoints checkpoints;

  @BeforeEach
  void open() throws IOException {
    checkpoints =
        new DirectoryCheckpoints(
            JobDirectory.open(new NioCheckpointFiles(), directory, "job"), KEY_GROUPS, () -> 0);
  }

  @AfterEach
  void close() throws IOException {
    checkpoints.close();
  }

  @Test
  void segmentsComeBackFromTheNewestToTheOldestWhereverTheyAre() throws IOException {
    commit(1, task(0, Map.of("a", file(1, 1, "a1"), "b", heap(1, "b1"))));
    commit(2, task(0, Map.of("a", file(1, 2, "a2"), "b", file(1, 2, "b2"))));
    commit(3, task(0, Map.of("a", heap(1, "a3"), "b", heap(3, "b3"))));

    Map<String, OperatorState> restored = restore().get(0).operators();

    assertThat(texts(state(restored, "a"))).containsExactly("a3", "a2", "a1");
    assertThat(state(restored, "a").base()).isEqualTo(1);
    assertThat(texts(state(restored, "b"))).containsExactly("b3");
  }

  @Test
  void everyTaskGetsItsOwn() throws IOException {
    commit(
        1,
        task(0, Map.of("a", file(1, 1, "a0"))),
        task(1, Map.of("a", file(1, 1, "a1"))),
        task(2, Map.of("a", heap(1, "a2"))));

    List<List<String>> restored = new ArrayList<>();
    for (TaskSnapshot each : restore()) {
      restored.add(texts(state(each.operators(), "a")));
    }

    assertThat(restored).containsExactly(List.of("a0"), List.of("a1"), List.of("a2"));
  }

  @Test
  void anOperatorThatHoldsNothingMoreIsForgotten() throws IOException {
    commit(1, task(0, Map.of("a", file(1, 1, "a1"), "b", file(1, 1, "b1"))));
    commit(2, task(0, Map.of("b", heap(1, "b2"))));

    assertThat(restore().get(0).operators()).containsOnlyKeys("b");
  }

  @Test
  void nothingIsLeftOfWhatWasGivenUp() throws IOException {
    commit(1, task(0, Map.of("a", file(1, 1, "a1"))));
    CheckpointId second = id(2);
    file(1, 2, "of a task that has answered");
    checkpoints.write(second, List.of(task(0, Map.of("a", file(1, 2, "a2")))));
    checkpoints.discard(second);

    assertThat(filesBelow(directory)).noneMatch(each -> each.contains("part-"));
    assertThat(texts(state(restore().get(0).operators(), "a"))).containsExactly("a1");
  }

  @Test
  void stateOnACopyThatIsNotThereIsNotWritten() throws IOException {
    commit(1, task(0, Map.of("a", file(1, 1, "a1"))));
    List<TaskSnapshot> onCopy =
        List.of(task(0, Map.of("a", new OperatorState(1, true, heap(1, "a2").segments()))));

    assertThatThrownBy(() -> checkpoints.write(id(2), onCopy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("copy 1");
    checkpoints.discard(id(2));

    assertThat(texts(state(restore().get(0).operators(), "a"))).containsExactly("a1");
  }

  private static OperatorState state(Map<String, OperatorState> states, String step) {
    return requireNonNull(states.get(step), step);
  }

  private void commit(long number, TaskSnapshot... tasks) throws IOException {
    checkpoints.write(id(number), List.of(tasks));
    checkpoints.noteCommitted(id(number));
    checkpoints.deleteOlder(id(number), 1);
  }

  private List<TaskSnapshot> restore() throws IOException {
    return checkpoints.restore(ExternalCommit.none()).orElseThrow().tasks();
  }

  private static CheckpointId id(long number) {
    return new CheckpointId(number, "0123456789abcdef0123456789abcdef");
  }

  private static TaskSnapshot task(int index, Map<String, OperatorState> operators) {
    return new TaskSnapshot("chain", index, 0, List.of(), operators, List.of());
  }

  private static OperatorState heap(long base, String text) {
    ByteChunks bytes = new ByteChunks();
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    bytes.write(all, 0, all.length);
    return new OperatorState(base, false, List.of(bytes));
  }

  private OperatorState file(long base, long checkpoint, String text) throws IOException {
    SpilledFile file = checkpoints.spill().begin(checkpoint);
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    file.write(all, 0, all.length);
    file.close();
    return new OperatorState(base, false, List.of(file));
  }

  private static List<String> texts(OperatorState state) throws IOException {
    List<String> texts = new ArrayList<>();
    for (StoredBytes each : state.segments()) {
      try (InputStream in = each.open()) {
        texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  private static List<String> filesBelow(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(Path::toString).toList();
    }
  }
}
