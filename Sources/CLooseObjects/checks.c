/* What is made sure of before an object is handed on. */
#include "checks.h"
#include "size_limit.h"
#include <CLooseObjects.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first twelve digits of an object's id. */
static const char *digits_of(const git_oid *id, char digits[13]) {
  for (int index = 0; index < 6; index++) snprintf(digits + index * 2, 3, "%02x", id->id[index]);
  return digits;
}

static int fail(const char *message) {
  git_error_set_str(GIT_ERROR_ODB, message);
  return GIT_ERROR;
}

static int compare(const void *id, const void *entry) {
  return memcmp(id, &((const replacement *)entry)->id, sizeof(git_oid));
}

const git_oid *tinyforge_git_replaced(const replacement *all, size_t count, const git_oid *id) {
  if (count == 0) return id;
  /* As deep as git goes. */
  for (int depth = 0; depth <= 5; depth++) {
    const replacement *found = bsearch(id, all, count, sizeof *all, compare);
    if (found == NULL) return id;
    id = &found->other;
  }
  fail("objects replace one another over 5 deep");
  return NULL;
}

int tinyforge_git_damaged(const git_oid *id) {
  char digits[13], message[64];
  snprintf(message, sizeof message, "the object %s is damaged", digits_of(id, digits));
  return fail(message);
}

int tinyforge_git_unreadable(const git_oid *id) {
  char digits[13], message[64];
  snprintf(message, sizeof message, "the object %s: Permission denied", digits_of(id, digits));
  return fail(message);
}

int tinyforge_git_large_base(const git_oid *id) {
  char digits[13], message[160];
  snprintf(message, sizeof message,
           "a pack stores the object %s as the difference to a larger one; " TINYFORGE_GIT_TOO_LARGE,
           digits_of(id, digits));
  return fail(message);
}

int tinyforge_git_check_size(const git_oid *id, const object *found) {
  char digits[13], message[160];
  if (found->size <= TINYFORGE_LARGEST) return 0;
  const char *name = found->type == GIT_OBJECT_COMMIT ? "commit" : found->type == GIT_OBJECT_TREE ? "tree"
      : found->type == GIT_OBJECT_TAG ? "tag" : "file";
  snprintf(message, sizeof message, "the %s %s has %zu bytes; " TINYFORGE_GIT_TOO_LARGE, name, digits_of(id, digits),
           found->size);
  return fail(message);
}

int tinyforge_git_finish(git_odb_backend *backend, const git_oid *id, git_object_t type, void **data, size_t *size) {
  git_oid hashed;
  int status = git_odb_hash(&hashed, *data, *size, type);
  if (status == 0 && memcmp(&hashed, id, sizeof hashed) != 0) {
    char digits[13], message[80];
    snprintf(message, sizeof message, "object hash mismatch: what is stored as %s is another object",
             digits_of(id, digits));
    status = fail(message);
  }
  if (status == 0) status = tinyforge_git_put_in_order(backend, type, data, size);
  if (status != 0) {
    git_odb_backend_data_free(backend, *data);
    *data = NULL;
  }
  return status;
}
