package io.purlin.benchmarks.datastream;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.Profiles;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Keeps the profile of each user and passes on what it comes to with each of his clicks. */
final class ProfileJoin extends KeyedProcessFunction<Long, Click, Long> {
  private static final long serialVersionUID = 1L;

  private transient @Nullable ValueState<byte[]> profile;

  @Override
  public void open(OpenContext context) {
    profile =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "profile", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  @SuppressWarnings("NullAway") // open comes first; state says null where there is none
  public void processElement(Click click, Context context, Collector<Long> out) throws Exception {
    if (Profiles.signsUp(click.millis())) {
      profile.update(Profiles.of(click.user()));
      return;
    }
    byte[] known = profile.value();
    if (known == null) {
      throw new IllegalStateException("user " + click.user() + " clicks without a profile");
    }
    out.collect(Profiles.hash(click.user(), click.millis(), known));
  }
}
