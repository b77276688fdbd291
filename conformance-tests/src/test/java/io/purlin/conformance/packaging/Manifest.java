package io.purlin.conformance.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One document of a YAML file, or a part of it, asked by path. Immutable as far as it is read. */
record Manifest(Object value) {
  /** All documents of a file. A key that stands there twice is refused. */
  static List<Manifest> of(Path file) throws IOException {
    return of(Files.readString(file));
  }

  /** All documents of a text, in the same way. */
  static List<Manifest> of(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<Manifest> documents = new ArrayList<>();
    for (Object each : new Yaml(new SafeConstructor(strict)).loadAll(text)) {
      documents.add(new Manifest(each));
    }
    return documents;
  }

  /**
   * The part at a path: names of keys, and places in lists, divided by dots.
   *
   * @throws AssertionError when there is none
   */
  Manifest at(String path) {
    Object found = value;
    for (String name : path.split("\\.", -1)) {
      Object next =
          found instanceof Map<?, ?> map
              ? map.get(name)
              : found instanceof List<?> list ? list.get(Integer.parseInt(name)) : null;
      if (next == null) {
        throw new AssertionError("there is no " + name + " of " + path + " in " + value);
      }
      found = next;
    }
    return new Manifest(found);
  }

  String text(String path) {
    return String.valueOf(at(path).value());
  }

  /** The parts of the list at a path. */
  List<Manifest> each(String path) {
    return ((List<?>) at(path).value()).stream().map(Manifest::new).toList();
  }

  /** The one of the list at a path that has this name. */
  Manifest named(String path, String name) {
    return each(path).stream()
        .filter(each -> each.text("name").equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("there is no " + name + " in " + path));
  }
}
