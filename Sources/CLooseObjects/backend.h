#ifndef TINYFORGE_BACKEND_H
#define TINYFORGE_BACKEND_H

#include "checks.h"
#include <zlib.h>

/* The backend that reads for libgit2; one for each folder of objects. */
typedef struct {
  git_odb_backend parent;
  /* What was read for its header, and is about to be asked for. */
  git_oid kept_id;
  object kept;
  /* Made ready for the first object, and used for all. */
  z_stream stream;
  int is_ready;
  /* libgit2's backends of packs; NULL as long as packs are not looked through. They read for this one alone. */
  git_odb_backend **packs;
  size_t pack_count;
  pack_reader *read_pack;
  /* What is read in the place of what. */
  replacement *replaced;
  size_t replaced_count;
  /* Whether this is the one that reads from them: one of all backends of this kind. */
  int reads_packs;
  /* `path` begins with the objects folder, of this length; an object's name is written after it. */
  size_t folder;
  char path[];
} loose_backend;

/* The path of an object, `FOLDER/xx/` and 38 digits; the backend's own memory. */
const char *tinyforge_git_loose_path(loose_backend *backend, const git_oid *id);

/* The status of an object's file that this user may not read; none of libgit2's. */
#define TINYFORGE_UNREADABLE (-1000)

/* Reads an object from its file; of a large one for its header only that, so that `found->data` stays NULL, as it does
   for one that is too large. */
int tinyforge_git_load_loose(loose_backend *backend, const git_oid *id, int header_only, object *found);

/* Completes an abbreviated id of `length` digits from the names of files: 0, GIT_EAMBIGUOUS, or GIT_ENOTFOUND. */
int tinyforge_git_complete_loose(loose_backend *backend, git_oid *found, const git_oid *id, size_t length);

/* The same among the packs, beside what was found before: each may know another object that begins so. */
int tinyforge_git_complete_packed(
    loose_backend *backend, git_oid *found, const git_oid *id, size_t length, int known);

/* Finds an object in packs, with its size and type alone: the backend that has it, or NULL. */
git_odb_backend *tinyforge_git_pack_of(loose_backend *backend, const git_oid *id, object *found);

/* Whether a backend is one of ours. */
int tinyforge_git_is_own(const git_odb_backend *backend);

#endif
