package io.purlin.conformance.budget;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures sources with the compiler's parser: every size, whether within its budget or not. */
final class Measure {
  private final Budget budget;
  private final List<Finding> findings = new ArrayList<>();

  private Measure(Budget budget) {
    this.budget = budget;
  }

  static List<Finding> of(List<SourceFile> sources, Budget budget) {
    Measure measure = new Measure(budget);
    measure.packages(sources);
    for (SourceFile source : sources) {
      int lines = (int) source.text().lines().count();
      measure.add(source.typeName(), "file", lines, budget.fileLines());
    }
    measure.parse(sources);
    return measure.findings;
  }

  private void packages(List<SourceFile> sources) {
    Map<String, Integer> types = new TreeMap<>();
    sources.stream()
        .filter(source -> !source.name().equals("package-info.java"))
        .forEach(source -> types.merge(source.packageName(), 1, Integer::sum));
    types.forEach((name, count) -> add(name, "package", count, budget.packageTypes()));
  }

  private void parse(List<SourceFile> sources) {
    Map<Path, SourceFile> byPath =
        sources.stream().collect(Collectors.toMap(SourceFile::path, Function.identity()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(byPath.keySet()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        SourceFile source = byPath.get(Path.of(unit.getSourceFile().toUri()));
        if (source == null) {
          throw new IllegalStateException("not asked for: " + unit.getSourceFile());
        }
        add(source.typeName(), "imports", unit.getImports().size(), budget.imports());
        new Methods(unit, positions, source.typeName()).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String where, String what, int size, int limit) {
    findings.add(new Finding(where, what, size, limit));
  }

  /** Walks one file; knows in which kind of type it stands. */
  private final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final String typeName;
    private boolean inRecord;

    Methods(CompilationUnitTree unit, SourcePositions positions, String typeName) {
      this.unit = unit;
      this.positions = positions;
      this.typeName = typeName;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      boolean outer = inRecord;
      inRecord = type.getKind() == Tree.Kind.RECORD;
      super.visitClass(type, null);
      inRecord = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      boolean constructor = method.getName().contentEquals("<init>");
      String where = typeName + "#" + (constructor ? "new" : method.getName());
      if (method.getBody() != null) {
        add(where, "method", lines(method), budget.methodLines());
      }
      if (constructor && !inRecord) {
        int parameters = method.getParameters().size();
        add(where, "constructor", parameters, budget.constructorParameters());
      }
      return super.visitMethod(method, null);
    }

    private int lines(MethodTree method) {
      long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
      long to = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
      return (int) (to - from + 1);
    }
  }
}
