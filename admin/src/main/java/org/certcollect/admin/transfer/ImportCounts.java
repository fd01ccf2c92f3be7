package org.certcollect.admin.transfer;

/** The numbers of records that were imported, skipped as already there, and rejected. */
public record ImportCounts(long imported, long skipped, long rejected) {
  static final ImportCounts NONE = new ImportCounts(0, 0, 0);

  ImportCounts and(long moreImported, long moreSkipped, long moreRejected) {
    return new ImportCounts(
        imported + moreImported, skipped + moreSkipped, rejected + moreRejected);
  }

  /** The number of all records. */
  public long records() {
    return imported + skipped + rejected;
  }
}
