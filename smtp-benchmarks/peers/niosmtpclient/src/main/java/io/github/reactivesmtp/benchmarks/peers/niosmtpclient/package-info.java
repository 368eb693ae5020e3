/** NioSmtpClient as a load generator. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers.niosmtpclient;

import org.jspecify.annotations.NullMarked;
