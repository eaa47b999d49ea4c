#ifndef TINYFORGE_CGIT2_SHIM_H
#define TINYFORGE_CGIT2_SHIM_H

#include <git2.h>

#endif
