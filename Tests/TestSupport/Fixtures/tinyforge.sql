-- A reconstruction of the part of Tinyforge's SQLite schema that GitOps touches, for tests and the demo.
-- It is not Tinyforge's own file; docs/tinyforge.md says which columns are known.
PRAGMA journal_mode = WAL;
PRAGMA foreign_keys = ON;

CREATE TABLE apps (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE workloads (
  id             TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  ref_id         TEXT NOT NULL,
  name           TEXT NOT NULL DEFAULT '',
  app_id         TEXT REFERENCES apps(id) ON DELETE SET NULL,
  source_kind    TEXT NOT NULL DEFAULT '',
  source_config  TEXT NOT NULL DEFAULT '{}',
  trigger_kind   TEXT NOT NULL DEFAULT '',
  trigger_config TEXT NOT NULL DEFAULT '{}',
  public_faces   TEXT NOT NULL DEFAULT '[]',
  created_at     TEXT NOT NULL DEFAULT (datetime('now')),
  updated_at     TEXT NOT NULL DEFAULT (datetime('now')),
  UNIQUE (kind, ref_id)
);
-- Tinyforge's migrations add columns one by one.
ALTER TABLE workloads ADD COLUMN gitops_enabled      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE workloads ADD COLUMN gitops_path         TEXT NOT NULL DEFAULT '.tinyforge.yml';
ALTER TABLE workloads ADD COLUMN gitops_last_sync_at TEXT NOT NULL DEFAULT '';
ALTER TABLE workloads ADD COLUMN gitops_commit_sha   TEXT NOT NULL DEFAULT '';

CREATE TABLE workload_env (
  workload_id TEXT NOT NULL REFERENCES workloads(id) ON DELETE CASCADE,
  key         TEXT NOT NULL,
  value       TEXT NOT NULL,
  PRIMARY KEY (workload_id, key)
);

CREATE TABLE event_log (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  source     TEXT NOT NULL,
  severity   TEXT NOT NULL,
  message    TEXT NOT NULL,
  metadata   TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL DEFAULT (datetime('now'))
);

CREATE TABLE deploy_history (
  id          TEXT PRIMARY KEY,
  workload_id TEXT NOT NULL REFERENCES workloads(id) ON DELETE CASCADE,
  commit_sha  TEXT NOT NULL DEFAULT '',
  created_at  TEXT NOT NULL DEFAULT (datetime('now'))
);
