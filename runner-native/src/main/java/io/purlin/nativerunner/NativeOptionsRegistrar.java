package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/**
 * Lets the runner's options be parsed from the command line, and those of Beam for metrics, which
 * it reads.
 *
 * <p>Beam asks the registrars in the order of their names and compares the methods of each
 * interface with those of all interfaces before it. Ours has more than any other: registered first,
 * as its name would have it, it made each later one dear, half a second of a start in all. So what
 * the others register is handed out before it, the smallest first. Beam registers nothing twice.
 */
public final class NativeOptionsRegistrar implements PipelineOptionsRegistrar {
  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    Set<Class<? extends PipelineOptions>> all = new LinkedHashSet<>();
    all.add(MetricsOptions.class);
    for (PipelineOptionsRegistrar other :
        ServiceLoader.load(PipelineOptionsRegistrar.class, ReflectHelpers.findClassLoader())) {
      if (!(other instanceof NativeOptionsRegistrar)) {
        other.getPipelineOptions().forEach(all::add);
      }
    }
    List<Class<? extends PipelineOptions>> inOrder = new ArrayList<>(all);
    inOrder.sort(Comparator.comparingInt(type -> type.getMethods().length));
    inOrder.add(NativePipelineOptions.class);
    return inOrder;
  }
}
