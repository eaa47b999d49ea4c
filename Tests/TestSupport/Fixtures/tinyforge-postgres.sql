-- The fixture's schema as a server would keep it in PostgreSQL; docs/postgres.md shows the columns.
CREATE TABLE apps (
  id   text PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE workloads (
  id                  text PRIMARY KEY,
  kind                text NOT NULL,
  ref_id              text NOT NULL,
  name                text NOT NULL DEFAULT '',
  app_id              text REFERENCES apps(id) ON DELETE SET NULL,
  source_kind         text NOT NULL DEFAULT '',
  source_config       text NOT NULL DEFAULT '{}',
  trigger_kind        text NOT NULL DEFAULT '',
  trigger_config      text NOT NULL DEFAULT '{}',
  public_faces        text NOT NULL DEFAULT '[]',
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now(),
  gitops_enabled      boolean NOT NULL DEFAULT false,
  gitops_path         text NOT NULL DEFAULT '.tinyforge.yml',
  gitops_last_sync_at timestamptz,
  gitops_commit_sha   text NOT NULL DEFAULT '',
  UNIQUE (kind, ref_id)
);

CREATE TABLE workload_env (
  workload_id text NOT NULL REFERENCES workloads(id) ON DELETE CASCADE,
  key         text NOT NULL,
  value       text NOT NULL,
  PRIMARY KEY (workload_id, key)
);

CREATE TABLE event_log (
  id         bigserial PRIMARY KEY,
  source     text NOT NULL,
  severity   text NOT NULL,
  message    text NOT NULL,
  metadata   text NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE deploy_history (
  id          text PRIMARY KEY,
  workload_id text NOT NULL REFERENCES workloads(id) ON DELETE CASCADE,
  commit_sha  text NOT NULL DEFAULT '',
  created_at  timestamptz NOT NULL DEFAULT now()
);
