package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A session on a channel without a network: the test is the server and sees every octet. */
final class Wire implements EnvelopeSource {

  static final String[] CHUNKING = {"PIPELINING", "CHUNKING", "8BITMIME"};
  static final String[] NO_CHUNKING = {"PIPELINING", "8BITMIME"};

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ClientOptions options;
  private final String[] extensions;
  private final SmtpSession session;
  private final ArrayDeque<PendingSend> waiting = new ArrayDeque<>();
  private List<SendResult> results = new ArrayList<>();
  private boolean drained;

  private Wire(ClientOptions options, String... extensions) {
    this.options = options;
    this.extensions = extensions;
    channel.config().setAllocator(new UnpooledByteBufAllocator(true));
    session = new SmtpSession(channel, TestOptions.SERVER, options, new ServerTraits());
    channel.pipeline().addLast(new SmtpChannelHandler(session));
    String[] lines =
        Stream.concat(Stream.of("mx.example"), Arrays.stream(extensions)).toArray(String[]::new);
    session.capabilities(Capabilities.parse(SmtpReply.of(250, lines)));
  }

  static Wire with(Pipelining mode, String... extensions) {
    return with(options -> options.pipelining = mode, extensions);
  }

  static Wire with(Consumer<TestOptions> change, String... extensions) {
    TestOptions options = new TestOptions();
    change.accept(options);
    return new Wire(options.build(), extensions);
  }

  static Envelope envelope(String name, String... recipients) {
    return envelope(
        name, MessageBody.text("Subject: " + name + "\r\n\r\n" + name + "\r\n"), recipients);
  }

  static Envelope envelope(String name, MessageBody body, String... recipients) {
    return Envelope.builder()
        .from(name + "@from.example")
        .to(recipients)
        .body(body)
        .tag(name)
        .build();
  }

  /** What the client says as content of {@link #envelope(String, String...)}. */
  static String text(String name) {
    return "Subject: " + name + "\r\n\r\n" + name + "\r\n";
  }

  Wire send(Envelope... envelopes) {
    for (Envelope envelope : envelopes) {
      Mono.<SendResult>create(
              sink -> waiting.add(new PendingSend(envelope, new SingleListener(sink))))
          .subscribe(results::add);
    }
    return drain();
  }

  /** Another connection to the same server, for what waits still. */
  Wire reconnect() {
    Wire next = new Wire(options, extensions);
    next.waiting.addAll(waiting);
    next.results = results;
    return next.drain();
  }

  private Wire drain() {
    session.drain(this).subscribe(nothing -> {}, error -> {}, () -> drained = true);
    return this;
  }

  /** What the client said since the last call, one entry a write. */
  List<String> writes() {
    List<String> writes = new ArrayList<>();
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      String text = written.toString(StandardCharsets.UTF_8);
      written.release();
      if (!text.isEmpty()) {
        writes.add(text);
      }
    }
    return writes;
  }

  /** What the client said since the last call. */
  String said() {
    return String.join("", writes());
  }

  /** The server's replies, in one read. */
  Wire reply(String... lines) {
    return raw(String.join("\r\n", lines) + "\r\n");
  }

  Wire raw(String octets) {
    return raw(octets.getBytes(StandardCharsets.UTF_8));
  }

  Wire raw(byte[] octets) {
    channel.writeInbound(Unpooled.wrappedBuffer(octets));
    return this;
  }

  Wire hangUp() {
    channel.close();
    return this;
  }

  void advance(Duration time) {
    channel.advanceTimeBy(time.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  List<SendResult> results() {
    return results;
  }

  /** How many envelopes have no result and are not under way. */
  @Override
  public int waiting() {
    return waiting.size();
  }

  /** Octets of memory that the session holds. */
  long memory() {
    UnpooledByteBufAllocator allocator = (UnpooledByteBufAllocator) channel.alloc();
    return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
  }

  /** "name outcome" of each result so far. */
  List<String> outcomes() {
    return results.stream().map(r -> r.envelope().tag() + " " + r.outcome()).toList();
  }

  boolean isDrained() {
    return drained;
  }

  boolean isOpen() {
    return session.isOpen();
  }

  boolean isReusable() {
    return session.isReusable();
  }

  /** The connection is encrypted to a server whose certificate is good, or is not. */
  void encrypted(boolean isVerified) {
    Exception distrust = isVerified ? null : new CertificateException("test");
    session.tls(new TlsDetails("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), distrust));
  }

  @Override
  public @Nullable PendingSend poll() {
    return waiting.poll();
  }

  @Override
  public void ended(PendingSend send, TransactionOutcome outcome, @Nullable SocketAddress server) {
    send.enter(outcome, server);
    if (session.isOpen() && send.mayRetry(options.maxAttempts())) {
      waiting.addFirst(send);
    } else {
      send.finish();
    }
  }
}
