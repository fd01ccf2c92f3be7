package org.certcollect.cli.output;

import java.util.List;

/** Records that belong to another one, under a name. */
public record Section(String name, List<Fields> records) {
  public Section {
    records = List.copyOf(records);
  }
}
