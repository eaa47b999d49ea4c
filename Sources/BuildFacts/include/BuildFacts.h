#ifndef TINYFORGE_BUILDFACTS_H
#define TINYFORGE_BUILDFACTS_H

/* The commit that the tools were built from: twelve hexadecimal digits, followed by "-dirty" if the work tree
   held other changes; empty if the build did not say. */
const char *tinyforge_build_commit(void);

/* The address of the project and that of its documentation's site; empty if the build did not say. */
const char *tinyforge_project_url(void);
const char *tinyforge_documentation_url(void);

#endif
