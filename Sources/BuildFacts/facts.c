#include "BuildFacts.h"

/* ci/build writes this header beside its other products, so that a new commit compiles this file alone. */
#if __has_include("tinyforge-build.h")
#include "tinyforge-build.h"
#else
#define TINYFORGE_COMMIT ""
#define TINYFORGE_PROJECT_URL ""
#define TINYFORGE_DOCS_URL ""
#endif

const char *tinyforge_build_commit(void) { return TINYFORGE_COMMIT; }
const char *tinyforge_project_url(void) { return TINYFORGE_PROJECT_URL; }
const char *tinyforge_documentation_url(void) { return TINYFORGE_DOCS_URL; }
