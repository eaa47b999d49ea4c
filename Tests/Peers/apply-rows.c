/* What apply is measured against: the same transactions through SQLite, and nothing else.

     apply-rows DATABASE COUNT

   For each of the first COUNT workloads: begins an immediate transaction, reads the row, writes its config, sync
   columns and time with a row of the event log, and commits with the durability of apply (WAL, synchronous = FULL, no
   checkpoint). */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *database;

static void check(int status) {
  if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
    fprintf(stderr, "apply-rows: %s\n", sqlite3_errmsg(database));
    exit(2);
  }
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
  return statement;
}

static void run(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}

static void text(sqlite3_stmt *statement, int index, const char *value) {
  check(sqlite3_bind_text(statement, index, value, -1, SQLITE_TRANSIENT));
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  check(sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  check(sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0));
  check(sqlite3_exec(database, "PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL",
                     NULL, NULL, NULL));
  sqlite3_stmt *list = prepare("SELECT id FROM workloads WHERE gitops_enabled = 1 ORDER BY name, id LIMIT ?");
  sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE");
  sqlite3_stmt *commit = prepare("COMMIT");
  sqlite3_stmt *read = prepare("SELECT source_config FROM workloads WHERE id = ?");
  sqlite3_stmt *update = prepare(
      "UPDATE workloads SET source_config = ?2, gitops_last_sync_at = '2026-11-24T01:02:03Z', gitops_commit_sha = ?3, "
      "updated_at = '2026-11-24 01:02:03' WHERE id = ?1 AND source_config = ?4");
  sqlite3_stmt *log = prepare(
      "INSERT INTO event_log (message, source, severity, metadata) VALUES (?1, 'gitops', 'info', ?2)");
  check(sqlite3_bind_int(list, 1, atoi(arguments[2])));
  while (sqlite3_step(list) == SQLITE_ROW) {
    const char *id = (const char *)sqlite3_column_text(list, 0);
    run(begin);
    text(read, 1, id);
    check(sqlite3_step(read));
    const char *config = (const char *)sqlite3_column_text(read, 0);
    char changed[4096], message[256], metadata[1024];
    const char *port = strstr(config, "\"port\":3000");
    if (port == NULL) return 3;
    snprintf(changed, sizeof changed, "%.*s\"port\":8080%s", (int)(port - config), config, port + 11);
    snprintf(message, sizeof message, "GitOps sync set port, deploy_strategy of %s from commit 0123456789ab.", id);
    snprintf(metadata, sizeof metadata,
             "{\"kind\":\"sync\",\"workload\":\"%s\",\"actor\":\"root\",\"host\":\"host\",\"tool\":\"apply 0.1.0\","
             "\"commit\":\"0123456789abcdef0123456789abcdef01234567\",\"path\":\".tinyforge.yml\",\"changes\":"
             "[{\"field\":\"port\",\"from\":3000,\"to\":8080},{\"field\":\"deploy_strategy\",\"from\":null,"
             "\"to\":\"blue-green\"}],\"previous_commit\":\"\",\"previous_sync_at\":\"\"}",
             id);
    text(update, 1, id), text(update, 2, changed), text(update, 4, config);
    text(update, 3, "0123456789abcdef0123456789abcdef01234567");
    check(sqlite3_reset(read));
    run(update);
    text(log, 1, message), text(log, 2, metadata);
    run(log);
    run(commit);
  }
  return 0;
}
