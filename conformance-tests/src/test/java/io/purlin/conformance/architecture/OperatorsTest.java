package io.purlin.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators are final and composed: no operator extends another. */
class OperatorsTest {
  private static final String OPERATOR = "io.purlin.nativerunner.operator.Operator";

  @Test
  void operatorsAreFinalAndExtendNothing() {
    List<JavaClass> operators =
        PurlinClasses.MAIN.stream()
            .filter(type -> type.isAssignableTo(OPERATOR) && !type.isInterface())
            .toList();
    assertThat(operators).isNotEmpty();
    assertThat(operators)
        .allSatisfy(
            operator -> {
              assertThat(operator.getModifiers())
                  .as(operator.getName())
                  .contains(JavaModifier.FINAL);
              assertThat(operator.getRawSuperclass().map(JavaClass::getName))
                  .as("superclass of %s", operator.getName())
                  .contains("java.lang.Object");
            });
  }
}
