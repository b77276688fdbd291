package io.purlin.nativerunner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/** A pipeline's options as text, by name: those that were given or asked for. Stateless. */
final class OptionsText {
  private OptionsText() {}

  /** The options as they stand, secrets and all. */
  static Map<String, String> of(PipelineOptions options) {
    try {
      JsonNode tree =
          new ObjectMapper()
              .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()))
              .valueToTree(options);
      Map<String, String> found = new TreeMap<>();
      tree.path("options")
          .fields()
          .forEachRemaining(each -> put(found, each.getKey(), each.getValue()));
      return found;
    } catch (IllegalArgumentException e) {
      // One of them is not made to be written down: those that were given are known otherwise.
      return given(options);
    }
  }

  private static void put(Map<String, String> to, String name, JsonNode value) {
    if (!value.isNull()) {
      to.put(name, value.isValueNode() ? value.asText() : value.toString());
    }
  }

  private static Map<String, String> given(PipelineOptions options) {
    Map<String, String> found = new TreeMap<>();
    for (DisplayData.Item item : DisplayData.from(options).items()) {
      found.put(item.getKey(), String.valueOf(item.getValue()));
    }
    return found;
  }
}
