#ifndef TINYFORGE_CSQLITE_SHIM_H
#define TINYFORGE_CSQLITE_SHIM_H

#include <sqlite3.h>

/* sqlite3_db_config is variadic, which Swift cannot call. */
static inline int tinyforge_sqlite_no_checkpoint_on_close(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* Whether another file, or none, stands where the database was opened: 1, 0, or -1 if unknown. */
static inline int tinyforge_sqlite_is_moved(sqlite3 *database) {
  int moved = 0;
  int status = sqlite3_file_control(database, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return status == SQLITE_OK ? moved != 0 : -1;
}

static inline int tinyforge_sqlite_note_frames(void *frames, sqlite3 *database, const char *name, int count) {
  (void)database, (void)name;
  *(int *)frames = count;
  return SQLITE_OK;
}

/* Notes after each commit how many frames the write-ahead log holds; takes the place of automatic checkpoints. */
static inline void tinyforge_sqlite_watch_log(sqlite3 *database, int *frames) {
  sqlite3_wal_hook(database, tinyforge_sqlite_note_frames, frames);
}

/* Writes zeros behind the end of the write-ahead log's file until it is `size` bytes long, through SQLite's own file
   layer. Only inside a write transaction: nobody else may write. */
static inline void tinyforge_sqlite_make_room_in_log(sqlite3 *database, sqlite3_int64 size) {
  static const char zeros[64 * 1024];
  sqlite3_file *log = 0;
  int status = sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (status != SQLITE_OK || log == 0 || log->pMethods == 0) return;
  sqlite3_int64 end = 0;
  if (log->pMethods->xFileSize(log, &end) != SQLITE_OK) return;
  while (end < size) {
    int count = size - end < (sqlite3_int64)sizeof zeros ? (int)(size - end) : (int)sizeof zeros;
    if (log->pMethods->xWrite(log, zeros, count, end) != SQLITE_OK) return;
    end += count;
  }
}

#endif
