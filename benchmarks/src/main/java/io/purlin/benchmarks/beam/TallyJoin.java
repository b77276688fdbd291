package io.purlin.benchmarks.beam;

import io.purlin.benchmarks.ready.Profiles;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.values.KV;

/** Keeps the profile of each user and takes it with each of his clicks. */
final class TallyJoin extends TallyFn<KV<Long, Long>> {
  private static final long serialVersionUID = 1L;

  private static final String PROFILE = "profile";

  @StateId(PROFILE)
  private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value();

  @ProcessElement
  public void process(@Element KV<Long, Long> click, @StateId(PROFILE) ValueState<byte[]> profile) {
    long user = click.getKey();
    long millis = click.getValue();
    if (Profiles.signsUp(millis)) {
      profile.write(Profiles.of(user));
      return;
    }
    byte[] known = profile.read();
    if (known == null) {
      throw new IllegalStateException("user " + user + " clicks without a profile");
    }
    take(Profiles.hash(user, millis, known));
  }
}
