#ifndef TINYFORGE_CSQLITE_SHIM_H
#define TINYFORGE_CSQLITE_SHIM_H

#include <sqlite3.h>

/* sqlite3_db_config is variadic, which Swift cannot call. */
static inline int tinyforge_sqlite_no_checkpoint_on_close(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* Whether the database's path names another file now, or none: 1, 0, or -1 if unknown. */
static inline int tinyforge_sqlite_is_moved(sqlite3 *database) {
  int moved = 0;
  int status = sqlite3_file_control(database, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return status == SQLITE_OK ? moved != 0 : -1;
}

#endif
