package io.purlin.nativerunner.window.pane;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.coders.Coder;

/** How contents of cells are written and read. Used by the task's thread. */
public interface ContentFormat {
  /** Writes a content. */
  void write(Object content, OutputStream out) throws IOException;

  /** Reads what was written. */
  Object read(InputStream in) throws IOException;

  /**
   * A content with the same, which shares nothing that can be changed with it. What most functions
   * that come with Beam accumulate in is copied as it is: a coder would make the same of it.
   */
  default Object copy(Object content) {
    if (content instanceof long[] longs) {
      return longs.clone();
    }
    if (content instanceof int[] ints) {
      return ints.clone();
    }
    if (content instanceof double[] doubles) {
      return doubles.clone();
    }
    if (content instanceof Long || content instanceof Integer || content instanceof Double) {
      return content;
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(content, bytes);
      return read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("an accumulator cannot be copied by its coder", e);
    }
  }

  /** The format of a coder that takes the contents. */
  static ContentFormat of(Coder<?> contentCoder) {
    @SuppressWarnings("unchecked") // the contents of a grouping's cells are what its coder takes
    Coder<Object> coder = (Coder<Object>) contentCoder;
    return new ContentFormat() {
      @Override
      public void write(Object content, OutputStream out) throws IOException {
        coder.encode(content, out);
      }

      @Override
      public Object read(InputStream in) throws IOException {
        return coder.decode(in);
      }
    };
  }
}
