package io.purlin.nativerunner.sideinput;

import org.apache.beam.runners.core.InMemoryMultimapSideInputView;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Materializations;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * What a view holds for one window: the elements of its newest pane, turned into the view's own
 * form on first use and once.
 *
 * <p>Safe for any thread.
 */
final class ViewContents {
  private final PCollectionView<?> view;
  private final Iterable<?> elements;
  private boolean built;
  private @Nullable Object form;

  ViewContents(PCollectionView<?> view, Iterable<?> elements) {
    this.view = view;
    this.elements = elements;
  }

  /** The elements. */
  Iterable<?> elements() {
    return elements;
  }

  /**
   * The view's form, such as a map.
   *
   * @throws RuntimeException what the view function throws, for example for two values of a
   *     singleton; every call throws it again
   */
  synchronized @Nullable Object form() {
    if (!built) {
      form = build();
      built = true;
    }
    return form;
  }

  // The view function's input type follows from its materialization, which is checked here.
  @SuppressWarnings("unchecked")
  private @Nullable Object build() {
    String urn = view.getViewFn().getMaterialization().getUrn();
    switch (urn) {
      case Materializations.ITERABLE_MATERIALIZATION_URN -> {
        ViewFn<Materializations.IterableView<?>, Object> fn =
            (ViewFn<Materializations.IterableView<?>, Object>) (ViewFn<?, ?>) view.getViewFn();
        return fn.apply(this::untyped);
      }
      case Materializations.MULTIMAP_MATERIALIZATION_URN -> {
        ViewFn<Materializations.MultimapView<Object, Object>, Object> fn =
            (ViewFn<Materializations.MultimapView<Object, Object>, Object>)
                (ViewFn<?, ?>) view.getViewFn();
        Coder<Object> keyCoder = ((KvCoder<Object, Object>) view.getCoderInternal()).getKeyCoder();
        return fn.apply(
            InMemoryMultimapSideInputView.fromIterable(
                keyCoder, (Iterable<KV<Object, Object>>) elements));
      }
      default ->
          throw new IllegalStateException(
              "side input " + view.getName() + " has the unknown materialization " + urn);
    }
  }

  // An iterable that is only read may be seen as one of objects.
  @SuppressWarnings("unchecked")
  private Iterable<Object> untyped() {
    return (Iterable<Object>) elements;
  }
}
