#ifndef TINYFORGE_LAZYPOSTGRES_H
#define TINYFORGE_LAZYPOSTGRES_H

/* The first version whose functions send several statements at once. */
#define TINYFORGE_OLDEST_POSTGRES 140000

/* The version of libpq, such as 150004; 0 where it cannot be loaded, 1 where it is none that tells its version or has all
   functions of it. The first call loads it. The functions that lazy.c defines may be called only after this has returned
   TINYFORGE_OLDEST_POSTGRES or more. */
int tinyforge_postgres_version(void);

#endif
