/**
 * {@code WordCount}: how often each word occurs in text files.
 *
 * <p>In: files by name or pattern. Out: text files with a line for each word. Depends on the Beam
 * SDK and {@code job}. {@code WordCountRun} belongs to the main thread.
 */
@NullMarked
package io.purlin.pipelines.wordcount;

import org.jspecify.annotations.NullMarked;
