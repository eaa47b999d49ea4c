// Command server-rows edits and reads workloads as a Go server does, with Debian's copy of mattn's SQLite driver.
//
//	edit DB FILE  opens, edits every workload, commits and closes, over and over, until FILE exists, at least once;
//	              writes FILE.running after the first time, and prints each with the number of its edits
//	scan DB       scans every row into the types that Go programs use, and prints each with its config
//
// Build it in its folder, with Debian's golang-github-mattn-go-sqlite3-dev installed:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o BIN main.go
package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	var answer map[string]string
	var err error
	switch {
	case len(os.Args) == 4 && os.Args[1] == "edit":
		answer, err = edit(os.Args[2], os.Args[3])
	case len(os.Args) == 3 && os.Args[1] == "scan":
		answer, err = scan(os.Args[2])
	default:
		err = fmt.Errorf("usage: server-rows edit DB FILE | scan DB")
	}
	for id, value := range answer {
		fmt.Println(id, value)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func open(path string) (*sql.DB, error) {
	return sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_busy_timeout=30000&_txlock=immediate&_foreign_keys=1")
}

func edit(path, end string) (map[string]string, error) {
	edits := map[string]string{}
	for round := 1; ; round++ {
		ids, err := editAll(path)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			edits[id] = fmt.Sprint(round)
		}
		if err := os.WriteFile(end+".running", []byte("1"), 0o644); err != nil {
			return nil, err
		}
		if _, err := os.Stat(end); err == nil {
			return edits, nil
		}
	}
}

func editAll(path string) ([]string, error) {
	db, err := open(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ids, err := workloads(db)
	if err != nil {
		return nil, err
	}
	for number, id := range ids {
		if err := editRow(db, id, number); err != nil {
			return nil, fmt.Errorf("edit of %s: %w", id, err)
		}
	}
	return ids, db.Close()
}

func workloads(db *sql.DB) (ids []string, err error) {
	rows, err := db.Query("SELECT id FROM workloads ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// editRow moves a member that the spec declares, and counts up one that it does not.
func editRow(db *sql.DB, id string, number int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var text string
	if err := tx.QueryRow("SELECT source_config FROM workloads WHERE id = ?", id).Scan(&text); err != nil {
		return err
	}
	config := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		return err
	}
	count := 0
	if err := json.Unmarshal(config["edits"], &count); err != nil {
		return err
	}
	config["edits"] = json.RawMessage(fmt.Sprint(count + 1))
	config["port"] = json.RawMessage(fmt.Sprint(3000 + count%100))
	written, err := json.Marshal(config)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE workloads SET source_config = ?, updated_at = ? WHERE id = ?",
		bound(written, number), moment(number), id); err != nil {
		return err
	}
	return tx.Commit()
}

// bound is a config as one of the types that programs bind: the driver stores the last two as BLOBs.
func bound(config []byte, number int) interface{} {
	return []interface{}{string(config), config, json.RawMessage(config)}[number%3]
}

// moment is the present in one of the forms that programs store.
func moment(number int) interface{} {
	now := time.Now().UTC()
	return []interface{}{now, now.Format(time.RFC3339), now.Format("2006-01-02 15:04:05"), now.Format(time.RFC3339Nano),
		now.In(time.FixedZone("", 2*3600))}[number/3%5]
}

func scan(path string) (map[string]string, error) {
	db, err := open(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query(`SELECT id, source_config, source_config, typeof(source_config), updated_at, gitops_last_sync_at,
		gitops_commit_sha FROM workloads`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	configs := map[string]string{}
	for rows.Next() {
		var id, text, class, commit string
		var bytes []byte
		var updated, synced time.Time
		if err := rows.Scan(&id, &text, &bytes, &class, &updated, &synced, &commit); err != nil {
			return nil, err
		}
		// The driver reads a time that it does not understand as the first of the year 1.
		if text != string(bytes) || updated.IsZero() || synced.IsZero() || !json.Valid(bytes) {
			return nil, fmt.Errorf("%s: %q %q %v %v", id, text, bytes, updated, synced)
		}
		configs[id] = text
		if class != "blob" {
			continue
		}
		var raw json.RawMessage
		if err := db.QueryRow("SELECT source_config FROM workloads WHERE id = ?", id).Scan(&raw); err != nil {
			return nil, err
		}
	}
	return configs, rows.Err()
}
