package io.purlin.state.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.values.Leases.Lease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final Leases leases = new Leases();
  private final List<String> deleted = new ArrayList<>();

  private void delete(long list, int chunks) {
    deleted.add(list + ":" + chunks);
  }

  @Test
  void whatNobodyReadsIsDeletedAtOnce() {
    leases.drop(7, 3, this::delete);
    assertThat(deleted).containsExactly("7:3");
  }

  @Test
  void whatIsReadIsDeletedWhenNobodyCanReadItAnyMore() {
    Lease[] held = {leases.lend(7)};
    leases.lend(8);
    leases.drop(7, 3, this::delete);
    leases.drop(8, 4, this::delete);
    // The lease of list 8 is found unreachable at some collection or other.
    while (deleted.isEmpty()) {
      System.gc();
      leases.settle(this::delete);
    }
    assertThat(deleted).containsExactly("8:4");
    assertThat(held[0]).isNotNull();
    held[0] = leases.lend(9);
    while (deleted.size() < 2) {
      System.gc();
      leases.settle(this::delete);
    }
    assertThat(deleted).containsExactly("8:4", "7:3");
  }
}
