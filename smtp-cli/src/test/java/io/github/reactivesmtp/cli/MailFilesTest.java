package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.createDirectories(folder.resolve("b/c"));
    Files.createDirectory(folder.resolve("folder.eml"));
    for (String name : List.of("z.eml", "a.eml", "b/c/d.EML", "b/a.eml", "a.txt", "b/eml", "n")) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  @Test
  void foldersAreSortedAndEntered() {
    assertThat(MailFiles.list(List.of(folder)))
        .extracting(file -> folder.relativize(file).toString())
        .containsExactly("a.eml", "b/a.eml", "b/c/d.EML", "z.eml");
  }

  @Test
  void namedFilesStayAsNamedAndInOrder() {
    List<Path> named =
        List.of(folder.resolve("n"), folder.resolve("missing"), folder.resolve("a.txt"));
    assertThat(MailFiles.list(named)).isEqualTo(named);
  }

  @Test
  void linksToFilesAreTakenAndCirclesAreNotEntered() throws Exception {
    Files.createSymbolicLink(folder.resolve("b/link.eml"), folder.resolve("a.txt"));
    Files.createSymbolicLink(folder.resolve("b/circle"), folder);
    Files.createSymbolicLink(folder.resolve("b/circle.eml"), folder);
    assertThat(MailFiles.list(List.of(folder.resolve("b"))))
        .extracting(file -> folder.relativize(file).toString())
        .containsExactly("b/a.eml", "b/c/d.EML", "b/link.eml");
  }
}
