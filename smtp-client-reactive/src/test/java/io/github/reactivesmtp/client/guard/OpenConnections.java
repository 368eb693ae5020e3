package io.github.reactivesmtp.client.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This process's connections, as Linux knows them; none elsewhere. */
final class OpenConnections {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENING = "0A";

  private OpenConnections() {}

  /** Local and remote address, in hexadecimal, and the state of each connection over TCP. */
  static List<String> list() {
    try {
      if (!Files.isDirectory(DESCRIPTORS)) {
        return List.of();
      }
      Set<String> own = sockets();
      List<String> connections = new ArrayList<>();
      for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
        for (String line : Files.readAllLines(Path.of(table))) {
          // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > 9 && own.contains(fields[9]) && !fields[3].equals(LISTENING)) {
            connections.add(fields[1] + " > " + fields[2] + " in state " + fields[3]);
          }
        }
      }
      return connections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> sockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        Matcher socket = SOCKET.matcher(target(descriptor));
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    }
  }
}
