#ifndef TINYFORGE_CPOSIX_SHIM_H
#define TINYFORGE_CPOSIX_SHIM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/syscall.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <linux/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <linux/capability.h>
#include <unistd.h>

#ifndef F_OFD_GETLK
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#endif

/* Bytes of a file as fcntl(2) locks them; a length of 0 means all from the start on. */
static inline struct flock tinyforge_byte_range(int type, long long start, long long length) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = (short)type;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  return lock;
}

/* Takes a lock of that type (F_RDLCK, F_WRLCK) at once or not at all, or lets it go (F_UNLCK): 0, or the errno (EAGAIN
   or EACCES: another lock is in the way). It belongs to the open file, so the kernel drops it with the last descriptor:
   at any death of the process. */
static inline int tinyforge_set_lock(int descriptor, int type, long long start, long long length) {
  struct flock lock = tinyforge_byte_range(type, start, length);
  return fcntl(descriptor, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

/* Which process has a lock that would refuse one of that type: its id, or -1 for a lock that belongs to an open file;
   0: there is none, or it cannot be told. Takes nothing. `by_others`: POSIX locks of this process do not count. */
static inline int tinyforge_find_lock(int descriptor, int type, long long start, long long length, int by_others) {
  struct flock lock = tinyforge_byte_range(type, start, length);
  if (fcntl(descriptor, by_others ? F_GETLK : F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) return 0;
  return lock.l_pid > 0 ? lock.l_pid : -1;
}

/* getxattr(2), whose header would clash with Swift's Glibc. */
static inline long tinyforge_extended_attribute(const char *path, const char *name, void *value, unsigned long size) {
  return syscall(SYS_getxattr, path, name, value, size);
}

/* Whether this process may give files to other users (CAP_CHOWN is in effect): 1 or 0. */
static inline int tinyforge_may_give_files_away(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
  memset(data, 0, sizeof data);
  if (syscall(SYS_capget, &header, data) != 0) return 0;
  return (data[0].effective >> CAP_CHOWN) & 1;
}

/* Whether something is mounted right at a path: 1 or 0, or -1 where the kernel (before 5.8) does not say. */
static inline int tinyforge_is_mount_root(const char *path) {
  const unsigned long long mount_root = 0x2000; /* STATX_ATTR_MOUNT_ROOT */
  struct statx facts;
  memset(&facts, 0, sizeof facts);
  if (syscall(SYS_statx, AT_FDCWD, path, 0, 0, &facts) != 0 || !(facts.stx_attributes_mask & mount_root)) return -1;
  return (facts.stx_attributes & mount_root) != 0;
}

/* statfs's number of the file system that holds a path, or -1 where it cannot be determined. */
static inline long long tinyforge_file_system_magic(const char *path) {
  struct statfs facts;
  if (statfs(path, &facts) != 0) return -1;
  return (long long)(unsigned int)facts.f_type;
}

/* A directory that is only walked through: needs no permission to list it. */
static const int tinyforge_open_path_only = O_PATH;

/* renameat2's flags, which glibc shows to _GNU_SOURCE alone. */
static const unsigned tinyforge_rename_no_replace = 1 << 0;
static const unsigned tinyforge_rename_exchange = 1 << 1;

/* Renames within one directory: 0, or an errno (EINVAL where the file system knows no such flag). */
static inline int tinyforge_rename_at(int directory, const char *from, const char *to, unsigned flags) {
  return syscall(SYS_renameat2, directory, from, directory, to, flags) == 0 ? 0 : errno;
}

#endif
