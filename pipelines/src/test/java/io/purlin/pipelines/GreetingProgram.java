package io.purlin.pipelines;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;

/** A program as users write them: it knows nothing of Purlin. */
final class GreetingProgram {
  private GreetingProgram() {}

  /** The options of the program. */
  public interface Options extends PipelineOptions {
    @Description("Where the greetings go.")
    String getGreetings();

    void setGreetings(String value);
  }

  public static void main(String[] args) {
    Options options = PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    if (options.getGreetings() == null) {
      throw new IllegalStateException("nowhere to greet");
    }
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Names", Create.of(List.of("Ada", "Grace")))
        .apply("Greet", MapElements.into(TypeDescriptors.strings()).via(name -> "Hello " + name))
        .apply("Write", TextIO.write().to(options.getGreetings()).withoutSharding());
    pipeline.run().waitUntilFinish();
  }
}
