/* What `lint-spec --staged` is measured against: the least that a program must do to learn what the
   next commit holds at one path. It starts libgit2, opens the repository around a folder, and reads
   one entry of its index, without checks, rules or a report.

   usage: read-index-entry FOLDER PATH_IN_REPO
   Prints the entry's object, mode and path, as `git ls-files --stage` does. */
#include <git2.h>
#include <stdio.h>

/* Prints the entry; returns 0, or libgit2's status. */
static int print_entry(const char *folder, const char *path) {
  git_repository *repository = NULL;
  git_index *index = NULL;
  int status = git_repository_open_ext(&repository, folder, 0, NULL);
  if (!status) status = git_repository_index(&index, repository);
  const git_index_entry *entry = status ? NULL : git_index_get_bypath(index, path, 0);
  if (entry != NULL) {
    char id[GIT_OID_HEXSZ + 1];
    printf("%06o %s\t%s\n", entry->mode, git_oid_tostr(id, sizeof id, &entry->id), path);
  } else if (!status) {
    status = GIT_ENOTFOUND;
  }
  git_index_free(index);
  git_repository_free(repository);
  return status;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s FOLDER PATH_IN_REPO\n", argv[0]);
    return 2;
  }
  if (git_libgit2_init() < 0) return 2;
  int status = print_entry(argv[1], argv[2]);
  if (status) fprintf(stderr, "%s: no such entry (%d)\n", argv[2], status);
  git_libgit2_shutdown();
  return status ? 1 : 0;
}
