package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which files are meant: those named, and all {@code *.eml} in the folders named. */
final class MailFiles {

  private MailFiles() {}

  /**
   * Files in the order of the arguments, those of a folder and its subfolders sorted. What does not
   * exist or cannot be looked into stays in the list, for the reader to say why.
   */
  static List<Path> list(Collection<Path> arguments) {
    List<Path> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(inFolder(argument));
      } else {
        files.add(argument);
      }
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // A pipe would block, a link to a folder may lead round in a circle.
              if (isMail(file) && (attributes.isRegularFile() || Files.isRegularFile(file))) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      files.add(folder);
    }
    files.sort(null);
    return files;
  }

  private static boolean isMail(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".eml");
  }
}
