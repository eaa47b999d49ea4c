/* The plain loop over libgit2 that `drift` is measured against: what reading one file at one
   branch of many bare repositories costs at least, without checks, facts or reports.

   usage: read-mirrors PATH_IN_REPO BRANCH < list-of-repository-folders
   Prints the number of repositories that held the file, and the sum of its bytes.

   cc -O2 -o read-mirrors read-mirrors.c $(pkg-config --cflags --libs libgit2) */

#include <git2.h>
#include <stdio.h>
#include <string.h>

/* Adds the file's size to *bytes; returns 0, or libgit2's status. */
static int read_one(
    const char *folder, const char *reference, const char *path, unsigned long long *bytes) {
  git_repository *repository = NULL;
  git_object *commit = NULL;
  git_tree *tree = NULL;
  git_tree_entry *entry = NULL;
  git_blob *blob = NULL;

  int status = git_repository_open_bare(&repository, folder);
  if (!status) status = git_revparse_single(&commit, repository, reference);
  if (!status) status = git_commit_tree(&tree, (git_commit *)commit);
  if (!status) status = git_tree_entry_bypath(&entry, tree, path);
  if (!status) status = git_blob_lookup(&blob, repository, git_tree_entry_id(entry));
  if (!status) *bytes += (unsigned long long)git_blob_rawsize(blob);

  git_blob_free(blob);
  git_tree_entry_free(entry);
  git_tree_free(tree);
  git_object_free(commit);
  git_repository_free(repository);
  return status;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s PATH_IN_REPO BRANCH < list-of-repository-folders\n", argv[0]);
    return 2;
  }
  char reference[1024];
  int length = snprintf(reference, sizeof reference, "refs/heads/%s", argv[2]);
  if (length < 0 || (size_t)length >= sizeof reference) {
    fprintf(stderr, "the branch's name is too long\n");
    return 2;
  }
  if (git_libgit2_init() < 0) return 2;

  unsigned long count = 0, failed = 0;
  unsigned long long bytes = 0;
  char folder[4096];
  while (fgets(folder, sizeof folder, stdin)) {
    folder[strcspn(folder, "\n")] = '\0';
    if (!folder[0]) continue;
    if (read_one(folder, reference, argv[1], &bytes) == 0) {
      count += 1;
    } else {
      const git_error *error = git_error_last();
      fprintf(stderr, "%s: %s\n", folder, error ? error->message : "no such file");
      failed += 1;
    }
  }
  printf("%lu files, %llu bytes\n", count, bytes);
  git_libgit2_shutdown();
  return failed ? 1 : 0;
}
