package io.purlin.nativerunner.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.exchange.StoppedException;
import org.junit.jupiter.api.Test;

/** One failure is made of several, and the one that the others follow from comes first. */
class FailuresTest {
  private final RuntimeException first = new IllegalStateException("first");
  private final RuntimeException second = new IllegalStateException("second");
  private final Error full = new OutOfMemoryError("planted");

  @Test
  void theFirstFailureStaysTheFirst() {
    assertThat(Failures.merge(null, first)).isSameAs(first);
    assertThat(Failures.merge(first, first)).isSameAs(first).hasNoSuppressedExceptions();
    assertThat(Failures.merge(first, second)).isSameAs(first).hasSuppressedException(second);
  }

  @Test
  void anErrorOfTheJvmComesFirstWhereverItIs() {
    RuntimeException wrapped = new IllegalStateException("wraps", full);
    assertThat(Failures.merge(first, wrapped)).isSameAs(wrapped).hasSuppressedException(first);
    assertThat(Failures.merge(wrapped, second)).isSameAs(wrapped).hasSuppressedException(second);
  }

  @Test
  void anErrorOfTheJvmIsKeptThoughTheFirstFailureTakesNoOther() {
    Throwable merged = Failures.merge(new StoppedException(), full);
    assertThat(Failures.ofJvm(merged)).isSameAs(full);
  }

  @Test
  void anErrorOfTheJvmIsFoundBehindWhatNamesEachOther() {
    first.addSuppressed(second);
    second.initCause(first);
    assertThat(Failures.ofJvm(first)).isNull();
    second.addSuppressed(new IllegalStateException(full));
    assertThat(Failures.ofJvm(first)).isSameAs(full);
    assertThat(Failures.parts(first)).hasSize(4);
  }
}
