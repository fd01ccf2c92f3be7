package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileSystemsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs",
        "nfs4",
        "NFS",
        "cifs",
        "smbfs",
        "smb2",
        "smb3",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.rclone",
        "lustre",
        "ocfs2"
      })
  void aNetworkFileSystemIsTold(String type) {
    assertThat(NetworkFileSystems.contains(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext2",
        "ext3",
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "tmpfs",
        "overlay",
        "apfs",
        "NTFS",
        "f2fs",
        "fuse.fuse-overlayfs",
        "fuseblk",
        "virtiofs",
        "bcachefs",
        "",
        "fuse."
      })
  void aLocalFileSystemIsNot(String type) {
    assertThat(NetworkFileSystems.contains(type)).isFalse();
  }
}
