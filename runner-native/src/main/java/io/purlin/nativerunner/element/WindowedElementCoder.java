package io.purlin.nativerunner.element;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.jspecify.annotations.Nullable;

/** Writes elements with everything that they carry. Immutable. */
public final class WindowedElementCoder extends StructuredCoder<WindowedElement> {
  private static final long serialVersionUID = 1L;

  private static final int RECORD_ID = 1;
  private static final int RECORD_OFFSET = 2;
  private static final int DRAIN = 4;

  private final Coder<@Nullable Object> valueCoder;
  private final Coder<BoundedWindow> windowCoder;

  /** A coder of elements with values and windows of any kind that these coders take. */
  @SuppressWarnings("unchecked") // the coders are only ever given what is theirs
  public WindowedElementCoder(Coder<?> valueCoder, Coder<? extends BoundedWindow> windowCoder) {
    this.valueCoder = (Coder<@Nullable Object>) valueCoder;
    this.windowCoder = (Coder<BoundedWindow>) windowCoder;
  }

  @Override
  public void encode(WindowedElement element, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(element.millis());
    windowCoder.encode(element.window(), data);
    PaneInfoCoder.INSTANCE.encode(element.pane(), data);
    writeMarks(element.marks(), data);
    valueCoder.encode(element.value(), data);
  }

  private static void writeMarks(Marks marks, DataOutputStream out) throws IOException {
    String id = marks.recordId();
    Long offset = marks.recordOffset();
    out.writeByte(
        (id == null ? 0 : RECORD_ID)
            | (offset == null ? 0 : RECORD_OFFSET)
            | (marks.causedByDrain() ? DRAIN : 0));
    if (id != null) {
      StringUtf8Coder.of().encode(id, out);
    }
    if (offset != null) {
      out.writeLong(offset);
    }
  }

  @Override
  public WindowedElement decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long millis = data.readLong();
    BoundedWindow window = windowCoder.decode(data);
    PaneInfo pane = PaneInfoCoder.INSTANCE.decode(data);
    Marks marks = readMarks(data);
    return new WindowedElement(valueCoder.decode(data), millis, window, pane, marks);
  }

  private static Marks readMarks(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    String id = (flags & RECORD_ID) == 0 ? null : StringUtf8Coder.of().decode(in);
    Long offset = (flags & RECORD_OFFSET) == 0 ? null : (Long) in.readLong();
    return Marks.of(id, offset, (flags & DRAIN) != 0);
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(valueCoder, windowCoder);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    valueCoder.verifyDeterministic();
    windowCoder.verifyDeterministic();
  }
}
