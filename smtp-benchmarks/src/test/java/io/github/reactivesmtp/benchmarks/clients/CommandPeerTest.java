package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandPeerTest {

  private static final Endpoint SINK = new Endpoint("127.0.0.1", 2525);
  private static final Bounds BOUNDS = new Bounds(1000, 10, 5);

  @Test
  void putsTheCaseIntoItsWords() {
    CommandPeer peer =
        CommandPeer.parse(
            "a label=load  --to {host}:{port} -c {connections} -s {size} -r {recipients}"
                + " -n {messages} -t {seconds} -w {warmup}");
    assertThat(peer.label()).isEqualTo("a label");
    assertThat(peer.command(SINK, Samples.FAR, BOUNDS))
        .containsExactly(
            "load",
            "--to",
            "127.0.0.1:2525",
            "-c",
            "16",
            "-s",
            "102400",
            "-r",
            "50",
            "-n",
            "1000",
            "-t",
            "5.000",
            "-w",
            "10.000");
  }

  @Test
  void needsACountIfItKnowsNoTime() {
    assertThat(CommandPeer.parse("a=b {messages}").needsCount()).isTrue();
    assertThat(CommandPeer.parse("a=b {messages} {seconds}").needsCount()).isFalse();
    assertThat(CommandPeer.parse("a=b").needsCount()).isFalse();
  }

  @Test
  void needsALabel() {
    assertThatThrownBy(() -> CommandPeer.parse("load {port}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
