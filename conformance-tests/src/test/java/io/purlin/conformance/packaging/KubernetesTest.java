package io.purlin.conformance.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.StopOnShutdown;
import io.purlin.nativerunner.memory.Collector;
import io.purlin.nativerunner.memory.MemorySizes;
import io.purlin.nativerunner.memory.MemoryTable;
import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.sdk.RestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests fit together, and fit what Purlin is told and answers. */
class KubernetesTest {
  private static final Path FILE = Path.of("..", "packaging", "kubernetes", "purlin.yaml");
  private static final long GIBIBYTE = 1L << 30;
  private static final String CONTAINER = "spec.template.spec.containers.0";

  private final Manifest secret;
  private final Manifest service;
  private final Manifest set;
  private final Arguments arguments;

  KubernetesTest() throws IOException {
    List<Manifest> documents = Manifest.of(FILE);
    assertThat(documents).extracting(each -> each.text("kind")).doesNotHaveDuplicates().hasSize(3);
    secret = ofKind(documents, "Secret", "v1");
    service = ofKind(documents, "Service", "v1");
    set = ofKind(documents, "StatefulSet", "apps/v1");
    arguments =
        new Arguments(
            set.each(CONTAINER + ".args").stream().map(each -> "" + each.value()).toList());
  }

  private static Manifest ofKind(List<Manifest> documents, String kind, String version) {
    Manifest found =
        documents.stream().filter(each -> each.text("kind").equals(kind)).findAny().orElseThrow();
    assertThat(found.text("apiVersion")).isEqualTo(version);
    return found;
  }

  @Test
  void everyOptionExistsAndIsOfItsKind() {
    assertThat(arguments.all()).startsWith("run", "Clickstream");
    ClickstreamOptions options = arguments.as(ClickstreamOptions.class);
    assertThat(options.getJobName()).isEqualTo("clickstream");
    assertThat(options.getClicksTopic()).isEqualTo("clicks");
    assertThat(options.as(NativePipelineOptions.class).getStateBackend()).hasToString("rocksdb");
  }

  @Test
  void thePodIsThatOfTheSetAndOfTheService() {
    Object labels = set.at("spec.template.metadata.labels").value();
    assertThat(set.at("spec.selector.matchLabels").value()).isEqualTo(labels);
    assertThat(service.at("spec.selector").value()).isEqualTo(labels);
    assertThat(set.text("spec.serviceName")).isEqualTo(service.text("metadata.name"));
    // Two would fence each other.
    assertThat(set.text("spec.replicas")).isEqualTo("1");
  }

  @Test
  void probesAskWhereTheJobAnswers() {
    String port = arguments.required("restPort");
    Manifest rest = set.named(CONTAINER + ".ports", "rest");
    assertThat(rest.text("containerPort")).isEqualTo(port);
    assertThat(service.text("spec.ports.0.port")).isEqualTo(port);
    assertThat(service.text("spec.ports.0.targetPort")).isEqualTo("rest");
    assertThat(probe("startupProbe")).isEqualTo("rest/health/live");
    assertThat(probe("livenessProbe")).isEqualTo("rest/health/live");
    assertThat(probe("readinessProbe")).isEqualTo("rest/health/ready");
    // The kubelet comes by the pod's address.
    RestOptions options = arguments.as(RestOptions.class);
    assertThat(options.getRestBindAddress()).isEqualTo("0.0.0.0");
  }

  private String probe(String name) {
    Manifest get = set.at(CONTAINER + "." + name + ".httpGet");
    return get.text("port") + get.text("path");
  }

  @Test
  void theTokenIsTheSecretAndHasToBeSet() {
    Manifest volume = set.named("spec.template.spec.volumes", "token");
    assertThat(volume.text("secret.secretName")).isEqualTo(secret.text("metadata.name"));
    String key = volume.text("secret.items.0.key");
    // Too short: the job does not start before it is changed.
    assertThat(secret.text("stringData." + key)).isEmpty();
    String file = mount("token") + "/" + volume.text("secret.items.0.path");
    assertThat(arguments.required("restTokenFile")).isEqualTo(file);
  }

  @Test
  void checkpointsAndStateAreOnTheClaim() {
    assertThat(set.text("spec.volumeClaimTemplates.0.metadata.name")).isEqualTo("data");
    assertThat(arguments.required("checkpointDir")).startsWith(mount("data") + "/");
    assertThat(arguments.required("stateDir")).startsWith(mount("data") + "/");
    assertThat(set.text(CONTAINER + ".securityContext.readOnlyRootFilesystem")).isEqualTo("true");
    assertThat(mount("tmp")).isEqualTo("/tmp");
  }

  private String mount(String name) {
    return set.named(CONTAINER + ".volumeMounts", name).text("mountPath");
  }

  @Test
  void thereIsTimeToStopWithACheckpoint() {
    long seconds = Long.parseLong(set.text("spec.template.spec.terminationGracePeriodSeconds"));
    assertThat(seconds * 1000).isGreaterThan(StopOnShutdown.LONGEST_WAIT_MILLIS);
  }

  @Test
  void theMemoryOfTheProcessFitsInThatOfThePod() {
    Map<?, ?> limits = (Map<?, ?>) set.at(CONTAINER + ".resources.limits").value();
    assertThat(set.text(CONTAINER + ".resources.requests.memory"))
        .isEqualTo(limits.get("memory"))
        .endsWith("Gi");
    long limit = Long.parseLong(("" + limits.get("memory")).replace("Gi", "")) * GIBIBYTE;
    String heap = set.named(CONTAINER + ".env", "PURLIN_JVM_OPTIONS").text("value");
    long share = Long.parseLong(heap.replace("-XX:MaxRAMPercentage=", ""));
    long managed = arguments.as(NativePipelineOptions.class).getManagedMemory();
    long stack = 1 << 20;
    // Four tasks for each core at most.
    MemorySizes sizes =
        new MemorySizes(
            limit,
            limit * share / 100,
            0,
            managed,
            0,
            0,
            240L << 20,
            Collector.CONCURRENT,
            stack,
            16,
            200,
            8);
    MemoryTable table = MemoryTable.of(sizes);
    assertThat(table.misfit()).isNull();
    assertThat(table.total()).isBetween(limit * 8 / 10, limit);
  }
}
