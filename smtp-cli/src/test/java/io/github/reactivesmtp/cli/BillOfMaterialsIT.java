package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of what is shipped (CycloneDX), which the build writes beside the jar. */
class BillOfMaterialsIT {

  private static final Path BOM = Path.of("target", "bom.json");

  private static final Set<String> components = new TreeSet<>();

  @BeforeAll
  static void readComponents() throws Exception {
    try (JsonParser json = new JsonFactory().createParser(BOM.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING
            && "purl".equals(json.currentName())
            && json.getText().startsWith("pkg:maven/")) {
          // pkg:maven/group/artifact@version?qualifiers
          components.add(json.getText().split("[/@]", -1)[2]);
        }
      }
    }
  }

  @Test
  void namesWhatIsShipped() {
    assertThat(components)
        .contains("smtp-codec", "smtp-client-reactive", "smtp-testkit", "smtp-cli")
        .contains("reactor-core", "reactor-netty-core", "reactor-pool", "scram-client")
        .contains("netty-handler", "netty-buffer", "netty-resolver-dns", "commons-codec")
        .contains("netty-transport-native-epoll")
        .contains("picocli", "jackson-core", "apache-mime4j-core", "HdrHistogram");
  }

  @Test
  void namesNothingThatOnlyTestsUse() {
    assertThat(components)
        .isNotEmpty()
        .noneMatch(
            name ->
                name.matches("junit.*|assertj.*|blockhound|netty-pkitesting|reactor-test|jmh.*"))
        .doesNotContain("smtp-test-support", "smtp-benchmarks");
  }

  /** Nothing is on the class path that is neither in the list nor for tests. */
  @Test
  void namesEveryJarOnTheClassPath() {
    Set<String> unnamed =
        Set.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(file -> file.endsWith(".jar"))
            .filter(file -> components.stream().noneMatch(name -> file.startsWith(name + "-")))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unnamed)
        .allMatch(
            file ->
                file.matches(
                    "(junit|assertj|opentest4j|apiguardian|byte-buddy|netty-pkitesting|reactor-test|bc"
                        + "|smtp-test-support|surefire).*"));
  }

  /** The same sources give the same list. */
  @Test
  void isReproducible() throws Exception {
    assertThat(Files.readString(BOM)).doesNotContain("serialNumber");
  }
}
