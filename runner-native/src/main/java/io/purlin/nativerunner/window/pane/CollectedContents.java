package io.purlin.nativerunner.window.pane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GroupByKey: keeps every value, in the order in which they came. Stateless. */
public final class CollectedContents implements Contents {
  private final ContentFormat stored;

  /**
   * @param stored how lists of the values are written
   */
  public CollectedContents(ContentFormat stored) {
    this.stored = stored;
  }

  @SuppressWarnings("unchecked") // every content is a list that was made here
  private static List<@Nullable Object> list(Object content) {
    return (List<@Nullable Object>) content;
  }

  @Override
  public Object add(@Nullable Object content, @Nullable Object value) {
    List<@Nullable Object> values = content == null ? new ArrayList<>(4) : list(content);
    values.add(value);
    return values;
  }

  @Override
  public Object merge(Object content, Object other) {
    list(content).addAll(list(other));
    return content;
  }

  @Override
  public Object output(@Nullable Object content, boolean keeps) {
    if (content == null) {
      return List.of();
    }
    List<@Nullable Object> values = list(content);
    return Collections.unmodifiableList(keeps ? new ArrayList<>(values) : values);
  }

  @Override
  public ContentFormat stored() {
    return stored;
  }
}
