package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A client of one of the modules below {@code peers}, in a JVM of its own.
 *
 * @param setup which client, and how it is set up
 * @param home the folder of those modules
 * @param jvmOptions the same for each
 * @param window messages under way on a connection, for a client that does not wait
 * @param loops event loops at most, for a client that has any
 */
record JavaPeer(Setup setup, Path home, List<String> jvmOptions, int window, int loops)
    implements Peer {

  /** The clients that are compared, in the order in which they run. */
  enum Setup {
    ANGUS("angus", "Angus Mail", "angus", "default", Role.RIVAL, Content.WHOLE),
    ANGUS_TUNED("angus-tuned", "Angus Mail, tuned", "angus", "tuned", Role.RIVAL, Content.WHOLE),
    SIMPLE_JAVA_MAIL(
        "simple-java-mail",
        "Simple Java Mail, tuned",
        "simple-java-mail",
        "",
        Role.RIVAL,
        Content.TEXT),
    VERTX("vertx", "vertx-mail-client", "vertx", "", Role.RIVAL, Content.TEXT),
    NIO_SEND("nio-send", "NioSmtpClient send", "niosmtpclient", "send", Role.RIVAL, Content.WHOLE),
    NIO_PIPELINED(
        "nio-pipelined",
        "NioSmtpClient sendPipelined",
        "niosmtpclient",
        "pipelined",
        Role.RIVAL,
        Content.WHOLE),
    GROUPED(
        "grouped", "reactive-smtp GROUPED", "reactive-smtp", "GROUPED", Role.OURS, Content.WHOLE),
    OVERLAPPED(
        "overlapped",
        "reactive-smtp OVERLAPPED",
        "reactive-smtp",
        "OVERLAPPED",
        Role.OURS,
        Content.WHOLE),
    STREAMING(
        "streaming",
        "reactive-smtp STREAMING",
        "reactive-smtp",
        "STREAMING",
        Role.OURS,
        Content.WHOLE),
    STREAMING_WIDE(
        "streaming-wide",
        "reactive-smtp STREAMING, window",
        "reactive-smtp",
        "STREAMING",
        Role.OURS,
        Content.WHOLE);

    final String id;
    final String label;
    final String module;
    final String mode;
    final Role role;
    final Content content;

    Setup(String id, String label, String module, String mode, Role role, Content content) {
      this.id = id;
      this.label = label;
      this.module = module;
      this.mode = mode;
      this.role = role;
      this.content = content;
    }
  }

  @Override
  public String id() {
    return setup.id;
  }

  @Override
  public String label() {
    return setup == Setup.STREAMING_WIDE
        ? String.format(Locale.ROOT, "%s %,d", setup.label, window)
        : setup.label;
  }

  @Override
  public Role role() {
    return setup.role;
  }

  @Override
  public Content content() {
    return setup.content;
  }

  /** A wide window is of use over a distance only. */
  @Override
  public boolean takesPart(LoadCase load) {
    return setup != Setup.STREAMING_WIDE || load.delayMillis() > 0;
  }

  @Override
  public List<String> command(Endpoint sink, LoadCase load, Bounds bounds) {
    List<String> command = new ArrayList<>();
    command.add(Jvm.java());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of("--peer", label(), "--mode", setup.mode));
    command.addAll(List.of("--host", sink.host(), "--port", String.valueOf(sink.port())));
    command.addAll(List.of("--messages", String.valueOf(bounds.messages())));
    command.addAll(List.of("--warmup", String.valueOf(bounds.warmupSeconds())));
    command.addAll(List.of("--seconds", String.valueOf(bounds.seconds())));
    command.addAll(List.of("--size", String.valueOf(load.size())));
    command.addAll(List.of("--recipients", String.valueOf(load.recipients())));
    command.addAll(List.of("--connections", String.valueOf(load.connections())));
    command.addAll(List.of("--window", String.valueOf(window)));
    command.addAll(List.of("--loops", String.valueOf(loops)));
    return command;
  }

  private Path jar() {
    return home.resolve(setup.module).resolve("target/peer.jar");
  }

  /**
   * What it is made of: the names of the libraries that come with it.
   *
   * @throws IOException if it has not been built
   */
  List<String> libraries() throws IOException {
    try (Stream<Path> files = Files.list(jar().resolveSibling("lib"))) {
      return files.map(file -> file.getFileName().toString().replace(".jar", "")).sorted().toList();
    }
  }
}
