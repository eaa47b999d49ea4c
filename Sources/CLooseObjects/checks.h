#ifndef TINYFORGE_CHECKS_H
#define TINYFORGE_CHECKS_H

#include <git2.h>
#include <git2/sys/odb_backend.h>

typedef struct {
  git_object_t type;
  size_t size;
  void *data;
} object;

/* The second is read in the place of the first. */
typedef struct {
  git_oid id, other;
} replacement;

/* The object to read in the place of another, as `git replace` has it, or the object itself; NULL, with the error set,
   where objects replace each other without end. The replacements are in the order of their first ids. */
const git_oid *tinyforge_git_replaced(const replacement *all, size_t count, const git_oid *id);

/* Sets the error for a damaged object, and returns it. */
int tinyforge_git_damaged(const git_oid *id);

/* The same for an object whose file this user may not read. */
int tinyforge_git_unreadable(const git_oid *id);

/* The same for a small object that a pack stores as the difference to one that is too large. */
int tinyforge_git_large_base(const git_oid *id);

/* 0 for an object that is small enough to be read. */
int tinyforge_git_check_size(const git_oid *id, const object *found);

/* How libgit2's backend of packs reads an object. */
typedef int pack_reader(void **, size_t *, git_object_t *, git_odb_backend *, const git_oid *);

/* Reads an object from a pack, with no piece of memory larger than an object may be. */
int tinyforge_git_read_from_pack(
    pack_reader *read, void **data, size_t *size, git_object_t *type, git_odb_backend *pack, const git_oid *id);

/* Checks an object's bytes by its id, and puts them in order for libgit2; frees them where it fails. */
int tinyforge_git_finish(git_odb_backend *backend, const git_oid *id, git_object_t type, void **data, size_t *size);

/* Puts a commit or a tag in order that git reads and libgit2 would refuse; its memory, of the backend, may be
   exchanged. Returns 0, or an error for want of memory. */
int tinyforge_git_put_in_order(git_odb_backend *backend, git_object_t type, void **data, size_t *size);

#endif
