package io.purlin.nativerunner.window.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.junit.jupiter.api.Test;

class ContentFormatTest {
  /** A coder that takes none of what is copied, so that it is not asked. */
  private final ContentFormat unused = ContentFormat.of(VoidCoder.of());

  @Test
  void arraysAreCopiedByThemselves() {
    long[] longs = {1, 2};
    int[] ints = {3};
    double[] doubles = {4.5};
    assertThat(unused.copy(longs)).isEqualTo(longs).isNotSameAs(longs);
    assertThat(unused.copy(ints)).isEqualTo(ints).isNotSameAs(ints);
    assertThat(unused.copy(doubles)).isEqualTo(doubles).isNotSameAs(doubles);
  }

  @Test
  void whatCannotChangeIsShared() {
    Long number = 1_000_000L;
    assertThat(unused.copy(number)).isSameAs(number);
  }

  @Test
  void theRestIsCopiedByItsCoder() {
    ContentFormat lists = ContentFormat.of(ListCoder.of(VarIntCoder.of()));
    List<Integer> list = new ArrayList<>(List.of(1, 2));
    Object copy = lists.copy(list);
    list.add(3);
    assertThat(copy).isEqualTo(List.of(1, 2));
  }
}
