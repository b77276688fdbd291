package io.purlin.nativerunner.window.pane;

import io.purlin.state.values.ValueList;
import io.purlin.state.values.ValueLists;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey with limited memory: keeps every value, in the order in which they came, only the last
 * of them on the heap. Owned by the task's thread.
 */
public final class StreamedContents implements Contents {
  private final ValueLists lists;
  private final ContentFormat stored =
      new ContentFormat() {
        @Override
        public void write(Object content, OutputStream out) throws IOException {
          lists.write(list(content), out);
        }

        @Override
        public Object read(InputStream in) throws IOException {
          return lists.read(in);
        }
      };
  private final ContentFormat away =
      new ContentFormat() {
        @Override
        public void write(Object content, OutputStream out) throws IOException {
          lists.putAway(list(content), out);
        }

        @Override
        public Object read(InputStream in) throws IOException {
          return lists.fetch(in);
        }
      };

  /**
   * @param lists of the values
   */
  public StreamedContents(ValueLists lists) {
    this.lists = lists;
  }

  private static ValueList list(Object content) {
    return (ValueList) content;
  }

  @Override
  public Object add(@Nullable Object content, @Nullable Object value) {
    ValueList values = content == null ? lists.create() : list(content);
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
    return content == null ? List.of() : list(content).read(keeps);
  }

  @Override
  public void drop(Object content) {
    list(content).drop();
  }

  @Override
  public ContentFormat stored() {
    return stored;
  }

  @Override
  public ContentFormat away() {
    return away;
  }

  @Override
  public void compact(Object content) {
    list(content).compact();
  }
}
