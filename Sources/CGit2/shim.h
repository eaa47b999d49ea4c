#ifndef TINYFORGE_CGIT2_SHIM_H
#define TINYFORGE_CGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/repository.h>

/* Swift calls no variadic C function, so each option in use has a wrapper here. */

/* Accepts these `extensions.*` beside libgit2's own. None of them changes how objects, references
   and the index are read: a partial clone only lacks objects, and each that is missing is told;
   the others are about writing, or about settings of the work tree. libgit2 compares the names in
   lower case, and copies them. */
static inline int tinyforge_git_accept_harmless_extensions(void) {
  const char *names[] = {"partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig"};
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof names / sizeof *names);
}

/* Whether a repository of another user is refused (0 or 1). */
static inline int tinyforge_git_validate_owner(int enabled) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/* Leaves the machine's settings unread, and a user's beside ~/.gitconfig. That one stays: where it is,
   is where libgit2 takes `~/` in a repository's own settings to be. */
static inline int tinyforge_git_read_few_settings(void) {
  const git_config_level_t levels[] = {
      GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG};
  for (size_t index = 0; index < sizeof levels / sizeof *levels; index++) {
    int status = git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[index], "");
    if (status < 0) return status;
  }
  return 0;
}

/* Whether an object's bytes are hashed again when they are read (0 or 1). */
static inline int tinyforge_git_verify_hashes(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

#endif
