package io.purlin.conformance.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manifests are of Kubernetes' own types: no field that these do not have, none of another
 * kind, and none missing that has to be there.
 */
class KubernetesTypesTest {
  private static final Path FILE = Path.of("..", "packaging", "kubernetes", "purlin.yaml");

  @Test
  void eachDocumentIsOfItsType() throws IOException {
    List<Object> typed = typed(Files.readString(FILE));
    assertThat(typed)
        .hasExactlyElementsOfTypes(V1Secret.class, V1Service.class, V1StatefulSet.class);
    V1StatefulSet set = (V1StatefulSet) typed.get(2);
    assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getLivenessProbe())
        .satisfies(probe -> assertThat(probe.getHttpGet().getPath()).isEqualTo("/health/live"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "livenessProbe: | livenesProbe: | livenesProbe",
        "httpGet: {path: /health/ready | httpGet: {pat: /health/ready | pat",
        "readOnlyRootFilesystem: | readOnlyRootFileSystem: | readOnlyRootFileSystem",
        "fsGroupChangePolicy: | fsGroupChangepolicy: | fsGroupChangepolicy",
        "seccompProfile: {type: | seccompProfile: {kind: | kind",
        "volumeClaimTemplates: | volumeClaimTemplate: | volumeClaimTemplate",
        "requests: {storage: | request: {storage: | request",
        "emptyDir: {sizeLimit: | emptyDir: {limit: | limit",
        "clusterIP: | clusterIp: | clusterIp",
        "stringData: | stringdata: | stringdata",
        "{key: token, path: token} | {key: token} | path",
        "periodSeconds: 10 | periodSeconds: often | often",
        "accessModes: [ReadWriteOnce] | accessModes: ReadWriteOnce | accessModes",
      })
  void whatKubernetesWouldRefuseOrDropIsRefused(String right, String wrong, String named)
      throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).containsOnlyOnce(right);
    assertThatThrownBy(() -> typed(text.replace(right, wrong))).hasMessageContaining(named);
  }

  private static List<Object> typed(String text) throws IOException {
    List<Object> typed = new ArrayList<>();
    for (Manifest each : Manifest.of(text)) {
      String json = new ObjectMapper().writeValueAsString(each.value());
      typed.add(
          switch (each.text("kind")) {
            case "Secret" -> V1Secret.fromJson(json);
            case "Service" -> V1Service.fromJson(json);
            case "StatefulSet" -> V1StatefulSet.fromJson(json);
            default -> throw new AssertionError("no type is known for " + each.text("kind"));
          });
    }
    return typed;
  }
}
