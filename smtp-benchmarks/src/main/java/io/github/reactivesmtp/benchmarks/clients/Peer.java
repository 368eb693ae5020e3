package io.github.reactivesmtp.benchmarks.clients;

import java.util.List;

/** A sender that takes part: a program that prints its {@link Figures} as its last line. */
interface Peer {

  /** What a sender is in the comparison. */
  enum Role {
    /** This project's client. */
    OURS,
    /** Another mail client. */
    RIVAL,
    /** A program given on the command line, such as one that shows what the machine can do. */
    COMMAND
  }

  /** What is known of the octets that a sender sends. */
  enum Content {
    /** The whole message as given. */
    WHOLE,
    /** The text as given, under a header that the client writes. */
    TEXT,
    /** Nothing. */
    UNKNOWN
  }

  /** A short name for the command line. */
  String id();

  /** A name for people. */
  String label();

  Role role();

  Content content();

  /** Whether it has anything to show in this case. */
  default boolean takesPart(LoadCase load) {
    return true;
  }

  /** The program to run and its arguments. */
  List<String> command(Endpoint sink, LoadCase load, Bounds bounds);
}
