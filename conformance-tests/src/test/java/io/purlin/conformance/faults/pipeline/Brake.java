package io.purlin.conformance.faults.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Makes a sink slow when it is told from outside, by a file that says how many milliseconds each
 * result takes. Passes all results on as they are.
 */
final class Brake extends DoFn<KV<String, String>, KV<String, String>> {
  private static final long serialVersionUID = 1L;

  private final String file;

  Brake(String file) {
    this.file = file;
  }

  @ProcessElement
  public void process(@Element KV<String, String> result, OutputReceiver<KV<String, String>> out) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis());
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
    out.output(result);
  }

  private long millis() {
    if (file.isEmpty() || !Files.exists(Path.of(file))) {
      return 0;
    }
    try {
      return Long.parseLong(Files.readString(Path.of(file)).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
