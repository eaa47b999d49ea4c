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

/* An exclusive open-file-description lock on the whole file, taken at once or not at all.
   It belongs to the open file, so the kernel drops it with the last descriptor: at any death
   of the process. Returns 0, or the errno (EAGAIN or EACCES: somebody else holds it). */
static inline int tinyforge_lock_exclusive(int descriptor) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return fcntl(descriptor, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

/* Lets go of the lock, also where a child between fork and exec still has the file open. */
static inline void tinyforge_unlock(int descriptor) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_UNLCK;
  lock.l_whence = SEEK_SET;
  (void)fcntl(descriptor, F_OFD_SETLK, &lock);
}

/* 1: an exclusive lock would be refused now, 0: it is free, negative: -errno. Takes nothing. */
static inline int tinyforge_lock_is_held(int descriptor) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -errno;
  return lock.l_type != F_UNLCK;
}

/* Who would refuse a lock on those bytes: 1 and the process (0 or -1 where it cannot be named), 0: nobody, negative:
   -errno. Takes nothing. */
static inline int tinyforge_lock_holder(int descriptor, long long start, long long length, int shared, int *process) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = shared ? F_RDLCK : F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -errno;
  *process = lock.l_pid;
  return lock.l_type != F_UNLCK;
}

/* Whether another process has a byte of a file locked, by a POSIX lock: 1, 0, or -errno. This process's own POSIX
   locks do not count. */
static inline int tinyforge_byte_is_locked_by_others(int descriptor, long long byte) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  if (fcntl(descriptor, F_GETLK, &lock) != 0) return -errno;
  return lock.l_type != F_UNLCK;
}

/* A shared open-file-description lock on some bytes of a file that is open for reading, taken at once or not at all:
   0, or the errno (EAGAIN or EACCES: somebody holds an exclusive lock there). */
static inline int tinyforge_lock_bytes_shared(int descriptor, long long start, long long length) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_RDLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  return fcntl(descriptor, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

static inline void tinyforge_unlock_bytes(int descriptor, long long start, long long length) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_UNLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  (void)fcntl(descriptor, F_OFD_SETLK, &lock);
}

/* The process that holds a lock, shared or exclusive, on some of these bytes: its id, -1 where the lock belongs to an
   open file instead, 0 where there is none. Takes nothing. */
static inline int tinyforge_bytes_holder(int descriptor, long long start, long long length) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) return 0;
  return lock.l_pid;
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

/* statfs's number of the file system that holds a path, or -1 where it cannot be told. */
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
