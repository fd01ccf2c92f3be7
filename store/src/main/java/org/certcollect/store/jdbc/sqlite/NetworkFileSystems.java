package org.certcollect.store.jdbc.sqlite;

import java.util.Locale;
import java.util.Set;

/**
 * The types of network file systems. SQLite's write-ahead log needs memory shared by all processes
 * that use the file, and locks that hold; on a network file system it has neither for sure.
 */
final class NetworkFileSystems {
  private static final Set<String> TYPES =
      Set.of(
          ("9p afp afs afpfs auristorfs beegfs ceph cifs coda davfs glusterfs gfs2 gpfs "
                  + "lustre ncpfs ocfs2 orangefs pvfs2 webdav")
              .split(" ", -1));
  private static final Set<String> PREFIXES = Set.of("nfs", "smb");
  private static final Set<String> FUSE =
      Set.of(
          ("sshfs glusterfs ceph ceph-fuse s3fs rclone davfs davfs2 curlftpfs gcsfuse "
                  + "goofys juicefs smbnetfs gvfsd-fuse mfs moosefs blobfuse blobfuse2 mount-s3 "
                  + "seaweedfs weed nfs")
              .split(" ", -1));

  private NetworkFileSystems() {}

  /**
   * Whether files of that type of file system lie on another machine.
   *
   * @param type as {@link java.nio.file.FileStore#type} names it
   */
  static boolean contains(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    String served = name.startsWith("fuse.") ? name.substring("fuse.".length()) : "";
    return TYPES.contains(name)
        || PREFIXES.stream().anyMatch(name::startsWith)
        || FUSE.contains(served);
  }
}
