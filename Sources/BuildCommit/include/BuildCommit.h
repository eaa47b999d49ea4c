#ifndef TINYFORGE_BUILDCOMMIT_H
#define TINYFORGE_BUILDCOMMIT_H

/* The commit that the tools were built from: twelve hexadecimal digits, followed by "-dirty" if the work tree
   held other changes; empty if the build did not say. */
const char *tinyforge_build_commit(void);

#endif
