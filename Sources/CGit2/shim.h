#ifndef TINYFORGE_CGIT2_SHIM_H
#define TINYFORGE_CGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/repository.h>

/* Swift calls no variadic C function, so the option in use has a wrapper here. */

/* Whether an object's bytes are hashed again when they are read (0 or 1). */
static inline int tinyforge_git_verify_hashes(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

#endif
