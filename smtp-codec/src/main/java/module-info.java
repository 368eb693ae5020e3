/** Parser and serializer of SMTP commands, replies and dot-stuffing. */
module io.github.reactivesmtp.codec {
  requires static transitive org.jspecify;
  requires org.apache.commons.codec;

  exports io.github.reactivesmtp.codec;
}
