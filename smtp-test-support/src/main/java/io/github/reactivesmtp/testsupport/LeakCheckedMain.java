package io.github.reactivesmtp.testsupport;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** Runs another main class; ends with 1 if something was leaked by the end, naming it. */
public final class LeakCheckedMain {

  private LeakCheckedMain() {}

  /** The main class, and its arguments. */
  public static void main(String[] args) throws Exception {
    LeakDetection.install();
    Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    List<String> leaks = LeakDetection.leaks();
    if (!leaks.isEmpty()) {
      leaks.forEach(System.out::println);
      System.exit(1);
    }
  }
}
