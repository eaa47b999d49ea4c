#include "BuildCommit.h"

/* ci/build writes this header beside its other products, so that a new commit compiles this file alone. */
#if __has_include("tinyforge-commit.h")
#include "tinyforge-commit.h"
#else
#define TINYFORGE_COMMIT ""
#endif

const char *tinyforge_build_commit(void) { return TINYFORGE_COMMIT; }
