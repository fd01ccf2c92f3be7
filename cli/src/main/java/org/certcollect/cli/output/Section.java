package org.certcollect.cli.output;

import java.util.List;

/** A named list of records that belong to another record. */
public record Section(String name, List<Fields> records) {
  public Section {
    records = List.copyOf(records);
  }
}
