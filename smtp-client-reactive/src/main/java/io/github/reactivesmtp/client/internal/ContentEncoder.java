package io.github.reactivesmtp.client.internal;

import io.netty.buffer.ByteBuf;

/** How content becomes octets on the wire: with DATA or with BDAT. */
interface ContentEncoder {

  /** Writes content that is all there, and its end. {@code length}: octets as transferred. */
  void writeWhole(byte[] octets, long length);

  /**
   * Writes a piece; takes over the reference.
   *
   * @throws IllegalArgumentException if the content breaks the rule on bare newlines
   */
  void write(ByteBuf piece);

  /** Writes the end. */
  void end();

  /** Lets go of what is held back. */
  void release();
}
