#ifndef TINYFORGE_LAZYPOSTGRES_H
#define TINYFORGE_LAZYPOSTGRES_H

/* 1 where libpq could be loaded, 0 where not; the first call loads it. The functions that lazy.c defines may be
   called only after this has returned 1, and those of pipelines only where PQlibVersion() says 14 or later. */
int tinyforge_postgres_is_loaded(void);

#endif
