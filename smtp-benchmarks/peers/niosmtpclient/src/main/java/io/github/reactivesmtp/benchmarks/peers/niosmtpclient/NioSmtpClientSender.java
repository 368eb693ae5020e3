package io.github.reactivesmtp.benchmarks.peers.niosmtpclient;

import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Sender;
import io.github.reactivesmtp.benchmarks.peers.SenderMain;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.smtp.SmtpRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * NioSmtpClient as it does best: one session a connection, the native transport, results on the
 * event loop instead of another executor. With the mode {@code send} it chooses the commands itself
 * (BDAT where offered); with {@code pipelined} they are driven by hand, the content of one message
 * and the commands of the next in one write.
 */
final class NioSmtpClientSender implements Sender {

  private final Task task;
  private final EventLoopGroup loops;
  private final SmtpSessionFactory factory;
  private final List<SmtpSession> sessions = new ArrayList<>();

  private NioSmtpClientSender(Task task) {
    this.task = task;
    boolean epoll = Epoll.isAvailable();
    int threads = task.usefulLoops();
    loops = epoll ? new EpollEventLoopGroup(threads) : new NioEventLoopGroup(threads);
    factory =
        new SmtpSessionFactory(
            SmtpSessionFactoryConfig.builder()
                .eventLoopGroup(loops)
                .channelClass(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .executor(SmtpSessionFactoryConfig.DIRECT_EXECUTOR)
                .build());
    SmtpSessionConfig config = SmtpSessionConfig.forRemoteAddress(task.host(), task.port());
    for (int i = 0; i < task.connections(); i++) {
      SmtpSession session = factory.connect(config).join().getSession();
      session.send(SmtpRequests.ehlo("client.example")).join();
      sessions.add(session);
    }
  }

  @Override
  public void send(Phase phase) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(sessions.size());
    for (SmtpSession session : sessions) {
      Exchange exchange =
          switch (task.mode()) {
            case "", "send" -> new OneByOne(session, task, phase, ended::countDown);
            case "pipelined" -> new Overlapped(session, task, phase, ended::countDown);
            default -> throw new IllegalArgumentException("no such mode: " + task.mode());
          };
      exchange.begin();
    }
    ended.await();
  }

  @Override
  public void close() {
    sessions.forEach(SmtpSession::close);
    factory.closeAsync().join();
    loops.shutdownGracefully();
  }

  public static void main(String[] arguments) {
    SenderMain.run(arguments, NioSmtpClientSender::new);
  }
}
