package org.certcollect.bench.compare;

import java.util.List;

/** The load client. */
record Load(Layout layout, Children children) {
  private static final int CONNECTIONS = 64;

  LoadResult run(Mode mode, Contender contender, int seconds) {
    return LoadResult.parse(
        children.output(
            List.of(
                layout.loadClient().toString(),
                mode.word(),
                String.valueOf(contender.port()),
                String.valueOf(CONNECTIONS),
                String.valueOf(seconds),
                contender.targets().toString())));
  }
}
