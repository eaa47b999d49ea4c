/* Settings that are in no file.

   libgit2 reads settings from files alone, so this is a file in memory. */
#define _GNU_SOURCE
#include <LazyGit2.h>
#include <git2.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int tinyforge_git_add_settings(git_config *config, const void *text, size_t size) {
  char path[64];
  /* Kept as long as the process: libgit2 looks at it again. */
  int file = memfd_create("settings", MFD_CLOEXEC);
  if (file < 0) return GIT_ERROR;
  if (write(file, text, size) != (ssize_t)size) return GIT_ERROR;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  return git_config_add_file_ondisk(config, path, GIT_CONFIG_LEVEL_LOCAL, NULL, 0);
}
