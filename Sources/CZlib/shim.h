#ifndef TINYFORGE_CZLIB_SHIM_H
#define TINYFORGE_CZLIB_SHIM_H

#include <zlib.h>

#endif
