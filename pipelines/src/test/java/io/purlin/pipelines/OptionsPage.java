package io.purlin.pipelines;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of options, as the classes that declare them say. */
final class OptionsPage {
  private static final Comparator<Class<?>> BY_NAME = Comparator.comparing(Class::getName);

  private final StringBuilder text = new StringBuilder();

  private OptionsPage() {}

  static String write() {
    OptionsPage page = new OptionsPage();
    page.text.append(
        """
        # Options

        Written by `./dev options` from the options themselves; a test fails when it is not what they are. Beam's own options (`--jobName`,
        `--streaming`, `--tempLocation`, ...) hold as with every runner. Options of a pipeline and of a runner are written `--name=value`.

        """);
    page.text.append("## Of the NativeRunner\n");
    Set<Class<?>> shared = page.sharedOptions();
    shared.forEach(page::table);
    page.text.append("\n## Of the bundled pipelines\n");
    for (String name : JobNames.ours()) {
      page.pipeline(name, shared);
    }
    page.text.append("\n## Of the command line\n");
    CommandLine purlin = PurlinCommand.commandLine();
    purlin.getSubcommands().values().forEach(page::command);
    return page.text.toString();
  }

  /** The runner's, those it shares, and the connectors'. */
  private Set<Class<?>> sharedOptions() {
    Set<Class<?>> all = new TreeSet<>(BY_NAME);
    for (Class<?> type : PipelineOptionsFactory.getRegisteredOptions()) {
      Stream.<Class<?>>concat(Stream.of(type), ancestors(type))
          .filter(OptionsPage::isShared)
          .forEach(all::add);
    }
    return all;
  }

  private static Stream<Class<?>> ancestors(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .flatMap(each -> Stream.<Class<?>>concat(Stream.of(each), ancestors(each)));
  }

  /** What a pipeline of ours or of a test declares is registered, too, once it was asked for. */
  private static boolean isShared(Class<?> type) {
    return isOurs(type) && !type.getName().startsWith("io.purlin.pipelines.");
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("io.purlin.")
        && PipelineOptions.class.isAssignableFrom(type)
        && Stream.of(type.getDeclaredMethods()).anyMatch(OptionsPage::isGetter);
  }

  private void pipeline(String name, Set<Class<?>> shared) {
    Class<?> type = JobNames.find(name, name).optionsType();
    text.append("\n### ").append(name).append("\n\n");
    Set<Class<?>> own = new TreeSet<>(BY_NAME);
    Stream.<Class<?>>concat(Stream.of(type), ancestors(type))
        .filter(each -> isOurs(each) && !shared.contains(each))
        .forEach(own::add);
    rows(own);
  }

  private void table(Class<?> type) {
    text.append("\n### ").append(type.getSimpleName()).append("\n\n");
    rows(Set.of(type));
  }

  private void rows(Collection<Class<?>> types) {
    text.append("| option | type | default | what it does |\n|---|---|---|---|\n");
    types.stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(OptionsPage::isGetter)
        .sorted(Comparator.comparing(OptionsPage::name))
        .forEach(
            getter ->
                text.append("| `--")
                    .append(name(getter))
                    .append("` | ")
                    .append(kind(getter))
                    .append(" | ")
                    .append(standard(getter))
                    .append(" | ")
                    .append(cell(getter.getAnnotation(Description.class).value()))
                    .append(" |\n"));
  }

  private static boolean isGetter(Method method) {
    return method.isAnnotationPresent(Description.class);
  }

  private static String name(Method getter) {
    String name = getter.getName().replaceFirst("^(get|is)", "");
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String kind(Method getter) {
    Class<?> type = getter.getReturnType();
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(each -> "`" + each + "`")
          .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "list";
    }
    String name = type.getSimpleName().toLowerCase(Locale.ROOT);
    return name.equals("integer") || name.equals("int") || name.equals("long") ? "number" : name;
  }

  private static String standard(Method getter) {
    for (Annotation annotation : getter.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getEnclosingClass() == Default.class) {
        return type == Default.InstanceFactory.class ? "" : "`" + value(annotation) + "`";
      }
    }
    return getter.isAnnotationPresent(Validation.Required.class) ? "required" : "";
  }

  private static Object value(Annotation annotation) {
    try {
      return annotation.annotationType().getMethod("value").invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(annotation.toString(), e);
    }
  }

  private void command(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    text.append("\n### ").append(name).append("\n\n");
    text.append(String.join(" ", command.getCommandSpec().usageMessage().description()));
    text.append("\n\n| option | what it does |\n|---|---|\n");
    for (OptionSpec option : command.getCommandSpec().options()) {
      text.append("| ")
          .append(
              Stream.of(option.names()).map(n -> "`" + n + "`").collect(Collectors.joining(", ")))
          .append(" | ")
          .append(
              cell(
                  String.join(" ", option.description())
                      .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))))
          .append(" |\n");
    }
    command.getSubcommands().values().forEach(this::command);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
  }
}
