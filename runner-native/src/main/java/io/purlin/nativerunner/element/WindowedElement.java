package io.purlin.nativerunner.element;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * An element in one of its windows, for those who must put it aside. Immutable.
 *
 * @param value the value that is passed
 * @param millis event time in milliseconds since the epoch
 * @param window the window
 * @param pane the firing that produced it
 * @param marks its rarer metadata
 */
public record WindowedElement(
    @Nullable Object value, long millis, BoundedWindow window, PaneInfo pane, Marks marks) {}
