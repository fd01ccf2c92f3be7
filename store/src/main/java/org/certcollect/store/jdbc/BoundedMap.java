package org.certcollect.store.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that drops its least recently used entry when it is full. Used by one thread at a time. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int max;

  public BoundedMap(int max) {
    super(16, 0.75f, true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
