package org.certcollect.store.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was longest not asked for. Used by one thread at a time. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  public BoundedMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
