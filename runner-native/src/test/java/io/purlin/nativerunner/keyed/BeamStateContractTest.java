package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.time.ManualClock;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateInternalsTest;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Beam's own tests of state, against ours. */
@RunWith(JUnit4.class)
public class BeamStateContractTest extends StateInternalsTest {
  @Override
  protected StateInternals createStateInternals() {
    KeyedScope scope =
        new KeyedScope(
            new KeyedScopeSpec("step", StringUtf8Coder.of(), IntervalWindow.getCoder(), 128),
            new ManualClock(0));
    scope.setKey("key");
    return scope.stateInternals();
  }
}
